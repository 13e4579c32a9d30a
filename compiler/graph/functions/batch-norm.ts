import type { Value } from '../builder.ts';
import { add } from '../operations/add.ts';
import { div } from '../operations/div.ts';
import { mul } from '../operations/mul.ts';
import { sqrt } from '../operations/sqrt.ts';
import { sub } from '../operations/sub.ts';
import { sum } from '../operations/sum.ts';

/** Statistics are [channel]; images [batch, height, width, channel]. */
export interface Moments {
  readonly mean: Value;
  readonly variance: Value;
}

/** scale · (x − mean) / √(variance + epsilon) + shift, a channel. */
export function normalise(
  x: Value,
  { mean, variance }: Moments,
  scale: Value,
  shift: Value,
  epsilon = 1e-5,
): Value {
  return add(mul(sub(x, mean), div(scale, sqrt(add(variance, epsilon)))), shift);
}

/** Mean and biased variance of each channel over batch, height and width. */
export function moments(x: Value): Moments {
  const pixels = [0, 1, 2];
  const count = pixels.reduce((product, axis) => product * x.shape[axis]!, 1);
  const mean = mul(sum(x, pixels), 1 / count);
  const centred = sub(x, mean);
  return { mean, variance: mul(sum(mul(centred, centred), pixels), 1 / count) };
}

/**
 * Running statistics after a batch of `count` values a channel, as PyTorch has them: a share `momentum` of the batch,
 * whose variance is taken unbiased (n / (n − 1)).
 */
export function updateRunning(running: Moments, batch: Moments, count: number, momentum = 0.1): Moments {
  const blend = (before: Value, now: Value, factor: number) =>
    add(mul(before, 1 - momentum), mul(now, momentum * factor));
  return {
    mean: blend(running.mean, batch.mean, 1),
    variance: blend(running.variance, batch.variance, count / (count - 1)),
  };
}
