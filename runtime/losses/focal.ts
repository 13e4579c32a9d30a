import type { Value } from '../../compiler/graph/builder.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { neg } from '../../compiler/graph/operations/neg.ts';
import { pow } from '../../compiler/graph/operations/pow.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { pixelMean } from './pixel-mean.ts';

export interface FocalOptions {
  /**
   * Exponent of 1 − p: above 0, pixels that are nearly right count less. At 0 it is cross-entropy.
   * @minimum 0
   */
  readonly gamma?: number;
}

/**
 * Focal loss: the mean over kept pixels of −(1 − p)^γ log p, where p is the probability of the labelled class. It has
 * no form for soft labels. Without kept pixels it is 0.
 *
 * @returns one number, at least 0
 * @labels hard
 * @requires hard
 * @formula -\frac{1}{n} \sum_{i} \sum_{c} y_{ic} (1 - p_{ic})^{\gamma} \log p_{ic}
 * @example focal(gamma: 2)
 * @source Lin et al., Focal Loss for Dense Object Detection, ICCV 2017
 */
export function focal(
  { probabilities, logProbabilities, labels, keep }: LossInputs,
  { gamma = 2 }: FocalOptions = {},
): Value {
  const chosen = mul(labels, logProbabilities);
  return neg(pixelMean(gamma === 0 ? chosen : mul(pow(sub(1, probabilities), gamma), chosen), keep));
}
