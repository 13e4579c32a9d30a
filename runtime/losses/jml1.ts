import type { Value } from '../../compiler/graph/builder.ts';
import type { LossInputs } from './loss.ts';
import { overlap } from './overlap-ratio.ts';
import { type TverskyFormOptions, tverskyForm } from './tversky-form.ts';

/**
 * Jaccard metric loss, first form: 1 − (Σ min(x, y) + s) / (Σ max(x, y) + s). Equal to soft Jaccard where labels are
 * hard; on soft labels it is zero at the label and nowhere else. Without smoothing it is a metric.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\sum \min(x, y) + s}{\sum \max(x, y) + s}
 * @example 0.25 ce + 0.75 jml1
 * @source Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)
 */
export function jml1(inputs: LossInputs, { norm = 1, ...options }: TverskyFormOptions = {}): Value {
  return overlap(inputs, options, tverskyForm(1, 1, norm));
}
