import type { Value } from '../../compiler/graph/builder.ts';
import { softmax } from '../../compiler/graph/functions/softmax.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { log } from '../../compiler/graph/operations/log.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { pixelMean } from './pixel-mean.ts';

export interface KlOptions {
  /**
   * T, which divides the logits of the prediction. The label is taken as it is: a teacher is tempered where its
   * labels are made.
   * @exclusiveMinimum 0
   */
  readonly temperature?: number;
}

/**
 * Kullback-Leibler divergence of the prediction at temperature T from the label, times T²: the mean over kept pixels
 * of T² Σ y (log y − log softmax(z / T)), where 0 · log 0 is 0. At T = 1 it is `ce` less the entropy of the label,
 * with the same gradient. Without kept pixels it is 0.
 *
 * @returns one number, at least 0
 * @labels soft
 * @formula \frac{T^2}{n} \sum_{i} \sum_{c} y_{ic} \left( \log y_{ic} - \log \mathrm{softmax}(z_i / T)_c \right)
 * @example kl(temperature: 2)
 * @source Hinton et al., Distilling the Knowledge in a Neural Network, 2015 (factor T²)
 */
export function kl(
  { logProbabilities, labels, keep }: LossInputs,
  { temperature = 1 }: KlOptions = {},
): Value {
  // A softmax does not see a shift, so that of log p / T is that of the logits / T.
  const predicted =
    temperature === 1
      ? logProbabilities
      : softmax(mul(logProbabilities, 1 / temperature), 0).logProbabilities;
  const logLabels = log(add(labels, sub(1, greater(labels, 0))));
  const divergence = pixelMean(mul(labels, sub(logLabels, predicted)), keep);
  return temperature === 1 ? divergence : mul(divergence, temperature ** 2);
}
