import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Dice semimetric loss, second form: 1 − (Σxy + s) / (Σxy + ½ Σ|x − y| + s).
 * Equal to soft Dice and to `dml1` where labels are hard, and never below `dml1`; zero at the label and nowhere else.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\sum xy + s}{\sum xy + \frac{1}{2} \sum |x - y| + s}
 * @example 0.25 ce + 0.75 dml2
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, equation 4
 */
export function dml2(inputs: LossInputs, options: OverlapOptions = {}): Value {
  return overlap(inputs, options, ({ difference, product }) => ({
    numerator: mul(difference(), 0.5),
    denominator: add(product(), mul(difference(), 0.5)),
    intersection: product,
  }));
}
