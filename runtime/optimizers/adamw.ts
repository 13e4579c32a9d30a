import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { sqrt } from '../../compiler/graph/operations/sqrt.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { Update } from '../../compiler/graph/passes/differentiate.ts';
import { decays, type OptimizerOptions, rateFor } from './parameters.ts';

export interface AdamwOptions extends OptimizerOptions {
  /**
   * Weight decay, apart from the gradient: w −= rate · decay · w. Parameters of one dimension (biases, norms) have none.
   * @minimum 0
   */
  readonly decay?: number;
  /**
   * Share of the mean gradient that is kept in a step.
   * @minimum 0
   * @maximum 1
   */
  readonly beta1?: number;
  /**
   * Share of the mean squared gradient that is kept in a step.
   * @minimum 0
   * @maximum 1
   */
  readonly beta2?: number;
  /**
   * Added to the root of the mean squared gradient.
   * @exclusiveMinimum 0
   */
  readonly epsilon?: number;
}

/**
 * Adam with decoupled weight decay: w −= rate · decay · w; m = β₁m + (1 − β₁)g; q = β₂q + (1 − β₂)g²;
 * w −= rate · (m / (1 − β₁ᵗ)) / (√(q / (1 − β₂ᵗ)) + epsilon), t from 1. Means start at 0.
 *
 * @source Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019; torch.optim.AdamW
 */
export function adamw(
  { weight, gradient, rate, variable, state, shared }: Parameters<Update>[0],
  { decay = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decoder_factor = 1 }: AdamwOptions,
): ReturnType<Update> {
  const own = rateFor(variable, rate, decoder_factor);
  const mean = (before: Value, now: Value | number, beta: number) => add(mul(before, beta), now);
  const first = mean(state('first'), mul(gradient, 1 - beta1), beta1);
  const second = mean(state('second'), mul(mul(gradient, gradient), 1 - beta2), beta2);
  // 1 − βᵗ is the mean of ones: so its rounding is that of the mean that it corrects.
  const counted = {
    first: mean(shared('first'), 1 - beta1, beta1),
    second: mean(shared('second'), 1 - beta2, beta2),
  };
  const unbiased = (value: Value, ones: Value) => div(value, reshape(ones, []));
  const root = sqrt(unbiased(second, counted.second));
  const step = div(unbiased(first, counted.first), add(root, epsilon));
  const decayed = decays(variable) && decay > 0 ? sub(weight, mul(weight, mul(own, decay))) : weight;
  return { weight: sub(decayed, mul(step, own)), state: { first, second }, shared: counted };
}
