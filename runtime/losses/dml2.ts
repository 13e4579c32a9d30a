import type { Value } from '../../compiler/graph/builder.ts';
import { abs } from '../../compiler/graph/operations/abs.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Dice semimetric loss, second form: 1 − (Σxy + s) / (Σxy + ½ Σ|x − y| + s).
 * Equal to soft Dice and to `dml1` where labels are hard, and never below `dml1`; zero at the label and nowhere else.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, equation 4
 */
export function dml2(
  inputs: LossInputs,
  { smooth = 1e-3, reduction = 'batch', active = 'auto' }: OverlapOptions = {},
): Value {
  return overlap(inputs, { smooth, reduction, active }, (x, y, sums) => ({
    numerator: mul(sums(abs(sub(x, y))), 0.5),
    denominator: add(sums(mul(x, y)), mul(sums(abs(sub(x, y))), 0.5)),
  }));
}
