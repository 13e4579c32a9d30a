import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { LossError } from './loss.ts';
import type { OverlapOptions, Ratio } from './overlap-ratio.ts';
import type { Sums } from './overlap-sums.ts';

/** For losses whose sizes and distances can be taken in two norms. */
interface NormOptions {
  /**
   * Power p of the sizes Σxᵖ, Σyᵖ and of the distance Σ|x − y|ᵖ. At 2 the intersection becomes Σxy and the loss is
   * smooth at the label, but no longer equal to soft Dice or Jaccard where labels are hard.
   * @minimum 1
   * @maximum 2
   * @integer
   */
  readonly norm?: number;
}

export interface TverskyFormOptions extends OverlapOptions, NormOptions {}

/**
 * The Tversky form that is 0 at soft labels: 1 − TP / (TP + fp · FP + fn · FN) with TP = (X + Y − N) / 2, FP = X − TP
 * and FN = Y − TP, for sizes X and Y and the distance N. Weights of ½ and ½ are Dice, 1 and 1 Jaccard.
 *
 * @throws LossError where both weights are 0
 */
export const tverskyForm =
  (fp: number, fn: number, norm: number) =>
  (sums: Sums): Ratio => {
    if (fp === 0 && fn === 0)
      throw new LossError(
        'A Tversky loss with `fp: 0` and `fn: 0` is 0 for every prediction.',
        'Give one of them a weight above 0.',
      );
    const { total, excess, difference, minimum } = norm === 2 ? sums.squared() : sums;
    const [mean, tilt] = [(fp + fn) / 2, (fp - fn) / 2];
    return {
      numerator: combine([mean, difference], [tilt, excess]),
      denominator: combine([0.5, total], [mean - 0.5, difference], [tilt, excess]),
      intersection: minimum,
    };
  };

/** Σ coefficient · value, without what counts 0 times. */
const combine = (...terms: readonly (readonly [coefficient: number, value: () => Value])[]): Value =>
  terms
    .filter(([coefficient]) => coefficient !== 0)
    .map(([coefficient, value]) => (coefficient === 1 ? value() : mul(value(), coefficient)))
    .reduce(add);
