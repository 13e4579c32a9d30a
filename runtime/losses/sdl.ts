import type { Value } from '../../compiler/graph/builder.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Soft Dice loss, L1 form: 1 − (Σxy + s) / (½ Σ(x + y) + s). The usual Dice loss of medical segmentation.
 * On soft labels it is lowest at 0 and 1, not at the label: one pixel labelled 0.5 costs 1/2 there and 1/3 at 1.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels hard
 * @formula 1 - \frac{\sum xy + s}{\frac{1}{2} \sum (x + y) + s}
 * @example 0.25 ce + 0.75 sdl
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2
 */
export function sdl(inputs: LossInputs, options: OverlapOptions = {}): Value {
  return overlap(inputs, options, ({ total, product }) => ({
    numerator: sub(mul(total(), 0.5), product()),
    denominator: mul(total(), 0.5),
    intersection: product,
  }));
}
