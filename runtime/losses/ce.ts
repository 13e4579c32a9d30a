import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { neg } from '../../compiler/graph/operations/neg.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';
import type { LossInputs } from './loss.ts';

/**
 * Soft cross-entropy: the mean over kept pixels of −Σ y log p. Its value at the target is the entropy of the label;
 * its gradient is that of the Kullback-Leibler divergence. Without kept pixels it is 0.
 *
 * @returns one number, at least 0
 * @labels soft
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3
 */
export function ce({ logProbabilities, labels, keep }: LossInputs): Value {
  const kept = sum(keep);
  const total = sum(mul(mul(labels, logProbabilities), keep));
  return neg(div(total, add(kept, sub(1, greater(kept, 0)))));
}
