import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
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
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2
 */
export function sdl(
  inputs: LossInputs,
  { smooth = 1e-3, reduction = 'batch', active = 'auto' }: OverlapOptions = {},
): Value {
  return overlap(inputs, { smooth, reduction, active }, (x, y, sums) => ({
    numerator: sub(mul(sums(add(x, y)), 0.5), sums(mul(x, y))),
    denominator: mul(sums(add(x, y)), 0.5),
  }));
}
