import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { Update } from '../../compiler/graph/passes/differentiate.ts';
import { decays, type OptimizerOptions, rateFor } from './parameters.ts';

export interface SgdOptions extends OptimizerOptions {
  /**
   * Share of the last update that goes into the next.
   * @minimum 0
   * @maximum 1
   */
  readonly momentum?: number;
  /**
   * Weight decay, added to the gradient. Parameters of one dimension (biases, norms) have none.
   * @minimum 0
   */
  readonly decay?: number;
  /** Looks ahead along the momentum. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent with momentum: d = g + decay · w; v = momentum · v + d; w −= rate · v, or with
 * `nesterov` w −= rate · (d + momentum · v). The velocity starts at 0 and is not damped.
 *
 * @source torch.optim.SGD; Sutskever et al., ICML 2013
 */
export function sgd(
  { weight, gradient, rate, variable, state }: Parameters<Update>[0],
  { momentum = 0, decay = 0, nesterov = false, decoder_factor = 1 }: SgdOptions,
): ReturnType<Update> {
  const own = rateFor(variable, rate, decoder_factor);
  const direction = decays(variable) && decay > 0 ? add(gradient, mul(weight, decay)) : gradient;
  if (momentum === 0) return { weight: sub(weight, mul(direction, own)) };
  const velocity = add(mul(state('momentum'), momentum), direction);
  const step = nesterov ? add(direction, mul(velocity, momentum)) : velocity;
  return { weight: sub(weight, mul(step, own)), state: { momentum: velocity } };
}
