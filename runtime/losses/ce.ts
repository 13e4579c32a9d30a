import type { Value } from '../../compiler/graph/builder.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { neg } from '../../compiler/graph/operations/neg.ts';
import type { LossInputs } from './loss.ts';
import { pixelMean } from './pixel-mean.ts';

/**
 * Soft cross-entropy: the mean over kept pixels of −Σ y log p. Its value at the target is the entropy of the label;
 * its gradient is that of the Kullback-Leibler divergence. Without kept pixels it is 0.
 *
 * @returns one number, at least 0
 * @labels soft
 * @formula -\frac{1}{n} \sum_{i} \sum_{c} y_{ic} \log p_{ic}
 * @example 0.25 ce + 0.75 dml1
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3
 */
export function ce({ logProbabilities, labels, keep }: LossInputs): Value {
  return neg(pixelMean(mul(labels, logProbabilities), keep));
}
