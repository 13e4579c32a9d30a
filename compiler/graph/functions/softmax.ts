import type { Value } from '../builder.ts';
import { add } from '../operations/add.ts';
import { div } from '../operations/div.ts';
import { exp } from '../operations/exp.ts';
import { greater } from '../operations/greater.ts';
import { log } from '../operations/log.ts';
import { max } from '../operations/max.ts';
import { mul } from '../operations/mul.ts';
import { sub } from '../operations/sub.ts';
import { sum } from '../operations/sum.ts';

/** Probabilities and their logarithms. */
interface Prediction {
  readonly probabilities: Value;
  readonly logProbabilities: Value;
}

/** Softmax along an axis and its logarithm, which share all their work; finite for every finite input. */
export function softmax(logits: Value, axis: number): Prediction {
  const shifted = sub(logits, max(logits, [axis], true));
  const powers = exp(shifted);
  const total = sum(powers, [axis], true);
  return { probabilities: mul(powers, div(1, total)), logProbabilities: sub(shifted, log(total)) };
}

/** Near the smallest number that float32 holds with all its digits: softmax takes its logarithm for that of 0. */
const least = 1e-37;

/**
 * Probabilities that are given as they are. The logarithm of 0 is put at that of 1e-37, so that times 0 it is 0;
 * whoever must not take it for a probability looks for zeros before.
 */
export const given = (probabilities: Value): Prediction => ({
  probabilities,
  logProbabilities: log(add(probabilities, mul(sub(1, greater(probabilities, 0)), least))),
});
