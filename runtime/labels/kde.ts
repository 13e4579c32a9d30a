import { boundaryPixels } from './boundary-pixels.ts';
import { harden } from './harden.ts';
import { likeliestBandwidth } from './kde/bandwidth.ts';
import { calibrate } from './kde/calibrate.ts';
import { checkKeys, drawKeys, placesOf } from './kde/keys.ts';
import { type KeyPoints, type LabelContext, LabelError, type LabelMap } from './step.ts';

export interface KdeOptions {
  /**
   * h of the kernel; results are sensitive to it. `auto` takes the one of 20 from 1e-5 to 1 for which the keys of the
   * image are most likely, each left out in turn. @minimum 1e-9
   */
  bandwidth?: number | 'auto';
  /** How many pixels of the image serve as key points, about. @unit pixels @integer @minimum 1 */
  keys?: number;
  /**
   * `errors`: pixels that are mispredicted or on a label boundary; the others keep the probability. All, where no
   * labels are known. Ignored pixels are never estimated.
   */
  where?: 'errors' | 'all';
  /** Width of the window, in pixels, in which another class makes a pixel boundary. @unit pixels @integer @minimum 1 @odd */
  kernel?: number;
  /**
   * Whether a key is left out of its own estimate. Without that, a mispredicted key is pulled to its hard label by the
   * largest of all kernels, its own. `auto`: keys drawn from the image are, keys that were given are not. Given keys
   * are found in the image by their probabilities, for `true`.
   */
  leave_one_out?: boolean | 'auto';
  /** `balanced`: as many keys of each class that is there. `proportional`: as many as its share of the pixels. */
  sampling?: 'balanced' | 'proportional';
  /** Lower probabilities are raised to it before the logarithm, as those of 0 must be. @minimum 0 @maximum 1 */
  floor?: number;
}

/**
 * Calibration of a teacher by kernel density estimation: in place of its probability f, a pixel gets the mean label of
 * key pixels, each by its Dirichlet kernel K at f with α = f_j / h + 1. Computed from logarithms, so that the estimate
 * sums to 1 for every bandwidth and however far the keys are (the official code clamps the denominator instead, and
 * vanishes there). Keys are drawn once a case from its kept pixels, of each class of its hard labels, none twice, and
 * are the same in every epoch and run.
 *
 * The bandwidths and numbers of keys of the paper's experiments were not found; the defaults are the project's own.
 *
 * @param labels probabilities [class, pixel]
 * @returns the same shape; over classes it sums to 1 where it was estimated
 * @throws LabelError where there are no labels to learn from, or given keys are no keys of these classes
 * @labels soft
 * @gives soft
 * @formula y = \frac{\sum_j K(f; f_j)\, y_j}{\sum_j K(f; f_j)}, \quad \ln K(f; f_j) = \sum_c \frac{f_{jc}}{h} \ln f_c + \ln\Gamma\!\left(\sum_c \alpha_{jc}\right) - \sum_c \ln\Gamma(\alpha_{jc}), \quad \alpha_{jc} = \frac{f_{jc}}{h} + 1
 * @example teacher |> kde(bandwidth: 1e-3)
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3.5; Popordanoska, Sayer, Blaschko 2022 (estimator, choice of the bandwidth)
 */
export function kde(
  labels: LabelMap,
  context: LabelContext,
  {
    bandwidth = 1e-3,
    keys = 1000,
    where = 'errors',
    kernel = 3,
    leave_one_out = 'auto',
    sampling = 'balanced',
    floor = 1e-7,
  }: KdeOptions = {},
): LabelMap {
  const { classes, note } = context;
  const known = context.keys
    ? givenKeys(context.keys, leave_one_out === true ? labels : undefined, classes)
    : ownKeys(labels, context, { keys, sampling, leave_one_out });
  // An image in which no pixel counts.
  if (known.keys.labels.length === 0) return labels;
  const h = bandwidth === 'auto' ? likeliestBandwidth(known.keys, classes, floor) : bandwidth;
  note({ bandwidth: h, keys: known.keys.labels.length });
  const pixels = pixelsToEstimate(labels, context, where === 'all' ? undefined : kernel);
  return calibrate(labels, { classes, ...known, bandwidth: h, floor, pixels }).labels;
}

interface Known {
  readonly keys: KeyPoints;
  /** By pixel: the key that does not count there. */
  readonly leftOut: ReadonlyMap<number, number>;
}

function givenKeys(keys: KeyPoints, leaveOutOf: LabelMap | undefined, classes: number): Known {
  checkKeys(keys, classes);
  return { keys, leftOut: leaveOutOf ? placesOf(keys, leaveOutOf, classes) : new Map() };
}

function ownKeys(
  labels: LabelMap,
  { classes, keep, random, hard }: LabelContext,
  { keys: count, sampling, leave_one_out }: Required<Pick<KdeOptions, 'keys' | 'sampling' | 'leave_one_out'>>,
): Known {
  if (!hard)
    throw new LabelError(
      'it learns from the labels of the case, and there are none.',
      'Give its mask or those of raters, or key points with labels.',
    );
  const { keys, pixels } = drawKeys(labels, hard(), { classes, count, sampling, keep, random });
  const leftOut = leave_one_out === false ? [] : [...pixels].map((pixel, j) => [pixel, j] as const);
  return { keys, leftOut: new Map(leftOut) };
}

/** Those that count; with a kernel, of these the ones that are mispredicted or on a boundary, as far as labels are known. */
function pixelsToEstimate(labels: LabelMap, context: LabelContext, kernel: number | undefined): Int32Array {
  const { classes, keep } = context;
  const all = labels.length / classes;
  const every = Int32Array.from({ length: all }, (_, i) => i);
  const kept = every.filter((i) => keep[i]);
  if (kernel === undefined || !context.hard) return kept;
  const hard = context.hard();
  const edge = boundaryPixels(hard, context, kernel);
  const predicted = harden(labels, context);
  const wrong = (i: number) => {
    for (let c = 0; c < classes; c++) if (predicted[c * all + i] !== hard[c * all + i]) return true;
    return false;
  };
  return kept.filter((i) => edge[i] === 1 || wrong(i));
}
