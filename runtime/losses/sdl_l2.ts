import type { Value } from '../../compiler/graph/builder.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';
import { tverskyForm } from './tversky-form.ts';

/**
 * Soft Dice loss, L2 form: 1 − (Σxy + s) / (½ Σ(x² + y²) + s) = Σ(x − y)² / (Σ(x² + y²) + 2s). On soft labels it is zero
 * at the label and nowhere else, but on hard ones it is not soft Dice (`sdl`), and it is no Dice semimetric loss.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\sum xy + s}{\frac{1}{2} \sum (x^2 + y^2) + s}
 * @example 0.25 ce + 0.75 sdl_l2
 * @source Milletari et al., V-Net, 3DV 2016
 */
export function sdl_l2(inputs: LossInputs, options: OverlapOptions = {}): Value {
  return overlap(inputs, options, tverskyForm(0.5, 0.5, 2));
}
