import type { Value } from '../../compiler/graph/builder.ts';
import type { LossInputs } from './loss.ts';
import { overlap } from './overlap-ratio.ts';
import { type TverskyFormOptions, tverskyForm } from './tversky-form.ts';

/**
 * Dice semimetric loss, first form: 1 − (Σ min(x, y) + s) / (½ Σ(x + y) + s) = Σ|x − y| / (Σ(x + y) + 2s).
 * Equal to soft Dice where labels are hard; on soft labels it is zero at the label and nowhere else. With `norm: 2` it
 * is `sdl_l2`.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\sum \min(x, y) + s}{\frac{1}{2} \sum (x + y) + s}
 * @example 0.25 ce + 0.75 dml1(smooth: 1)
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2
 */
export function dml1(inputs: LossInputs, { norm = 1, ...options }: TverskyFormOptions = {}): Value {
  return overlap(inputs, options, tverskyForm(0.5, 0.5, norm));
}
