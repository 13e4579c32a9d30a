import type { LabelContext, LabelMap, Metric, ScoredCase } from 'dml';

export interface SharpenOptions {
  /**
   * Exponent: 1 changes nothing, above it large shares grow.
   * @exclusiveMinimum 0
   */
  readonly power?: number;
}

/**
 * Labels with large shares made larger: yᵖ / Σ yᵖ over the classes of a pixel.
 *
 * @labels soft
 * @gives same
 * @formula y_c^p / \sum_k y_k^p
 * @example raters |> average |> sharpen(power: 1.5)
 */
export function sharpen(
  labels: LabelMap,
  { classes, height, width }: LabelContext,
  { power = 2 }: SharpenOptions = {},
): LabelMap {
  const pixels = height * width;
  const sharpened = labels.map((share) => share ** power);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let total = 0;
    for (let c = 0; c < classes; c++) total += sharpened[c * pixels + pixel];
    for (let c = 0; c < classes; c++) sharpened[c * pixels + pixel] /= total;
  }
  return sharpened;
}

/** Of one case: the sum of errors, and the pixels that they are of. */
interface Errors {
  readonly sum: number;
  readonly pixels: number;
}

/**
 * Mean error of the probabilities where the raters disagree: |x − y| averaged over the classes of pixels whose soft label
 * is neither 0 nor 1. Undefined where they agree everywhere.
 *
 * @truth soft
 * @formula \frac{1}{|S| C} \sum_{i \in S} \sum_c |x_{ic} - y_{ic}|
 * @example split_error
 */
export function split_error(): Metric<Errors> {
  return {
    of: errorsOf,
    value(parts) {
      const pixels = parts.reduce((total, part) => total + part.pixels, 0);
      return pixels === 0 ? undefined : parts.reduce((total, part) => total + part.sum, 0) / pixels;
    },
  };
}

function errorsOf({ classes, pixels, probabilities, truth, keep }: ScoredCase): Errors {
  let [sum, split] = [0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const shares = Array.from({ length: classes }, (_, c) => truth[c * pixels + pixel]);
    if (!keep[pixel] || shares.every((share) => share === 0 || share === 1)) continue;
    split += 1;
    const errors = shares.map((share, c) => Math.abs(probabilities[c * pixels + pixel] - share));
    sum += errors.reduce((total, error) => total + error, 0) / classes;
  }
  return { sum, pixels: split };
}
