import type { KeyPoints, LabelMap } from '../step.ts';
import { kernelEstimator } from './kernel.ts';
import { logsOf } from './logs.ts';

export interface Calibration {
  readonly classes: number;
  readonly keys: KeyPoints;
  /** h, above 0 */
  readonly bandwidth: number;
  /** Probabilities below it are raised to it, those of the keys are not. */
  readonly floor: number;
  /** The pixels that are estimated; all others keep what they have. */
  readonly pixels: ArrayLike<number>;
  /** By pixel: the key that does not count there. */
  readonly leftOut: ReadonlyMap<number, number>;
}

export interface Calibrated {
  /** [class, pixel] */
  readonly labels: LabelMap;
  /** ln Σ_j K of each entry of `pixels`; −∞ where no key counted, and the pixel kept what it has. */
  readonly logDenominators: Float64Array;
}

/** The Dirichlet-kernel estimate of E[y | f] in place of the probabilities f, at some pixels of an image. */
export function calibrate(labels: LabelMap, calibration: Calibration): Calibrated {
  const { classes, keys, bandwidth, floor, pixels, leftOut } = calibration;
  const all = labels.length / classes;
  const estimate = kernelEstimator(keys, classes, bandwidth);
  const logs = logsOf(labels, floor);
  const [row, out] = [new Float64Array(classes), new Float64Array(classes)];
  const calibrated = labels.slice();
  const logDenominators = new Float64Array(pixels.length);
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k]!;
    for (let c = 0; c < classes; c++) row[c] = logs[c * all + pixel]!;
    logDenominators[k] = estimate(row, out, leftOut.get(pixel));
    if (logDenominators[k] === Number.NEGATIVE_INFINITY) continue;
    for (let c = 0; c < classes; c++) calibrated[c * all + pixel] = out[c]!;
  }
  return { labels: calibrated, logDenominators };
}
