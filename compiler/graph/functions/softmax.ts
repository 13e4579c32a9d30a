import type { Value } from '../builder.ts';
import { div } from '../operations/div.ts';
import { exp } from '../operations/exp.ts';
import { log } from '../operations/log.ts';
import { max } from '../operations/max.ts';
import { mul } from '../operations/mul.ts';
import { sub } from '../operations/sub.ts';
import { sum } from '../operations/sum.ts';

/** Softmax along an axis and its logarithm, which share all their work; finite for every finite input. */
export function softmax(
  logits: Value,
  axis: number,
): { readonly probabilities: Value; readonly logProbabilities: Value } {
  const shifted = sub(logits, max(logits, [axis], true));
  const powers = exp(shifted);
  const total = sum(powers, [axis], true);
  return { probabilities: mul(powers, div(1, total)), logProbabilities: sub(shifted, log(total)) };
}
