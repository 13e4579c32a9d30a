import type { Value } from '../../compiler/graph/builder.ts';
import { abs } from '../../compiler/graph/operations/abs.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Dice semimetric loss, first form: 1 − (Σ min(x, y) + s) / (½ Σ(x + y) + s) = Σ|x − y| / (Σ(x + y) + 2s).
 * Equal to soft Dice where labels are hard; on soft labels it is zero at the label and nowhere else.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2
 */
export function dml1(
  inputs: LossInputs,
  { smooth = 1e-3, reduction = 'batch', active = 'auto' }: OverlapOptions = {},
): Value {
  return overlap(inputs, { smooth, reduction, active }, (x, y, sums) => ({
    numerator: mul(sums(abs(sub(x, y))), 0.5),
    denominator: mul(sums(add(x, y)), 0.5),
  }));
}
