import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

/** Deviation of the first weights of a 3×3 convolution on 16 channels, √(2 / fan-in): He et al., ICCV 2015. */
const deviation = Math.sqrt(2 / (9 * 16));

/** Steps that may carry a weight as far as its first value, at least. */
const enough = 3;

export const adaptiveStepTooLong = rule({
  code: 'DML3214',
  name: 'adaptive-step-too-long',
  level: 'warning',
  summary: 'The rate of an adaptive optimizer is as large as the weights.',
  why: 'Adam divides the gradient by its own size, so the rate is the length of a step itself, whatever the loss: at 0.05 three steps of one sign carry a weight further than the 0.118 from 0 where it began, and the network forgets its start before it has seen the data once.',
  source: 'Kingma and Ba, Adam, ICLR 2015, section 2.1: |step| is at most about the rate',
  bad: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 0.1, decay: 0) }',
  good: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 1e-3) }',
  message: text`A step moves every weight by about ${'step'}: in ${'steps'} as far as weights of a 3 × 3 convolution on 16 channels are from 0 at the start, ${'deviation'}.`,
  help: text`Usual are 1e-4 to 1e-2.`,
  check({ experiment: { optimizer } }) {
    const { rate, decoder_factor, beta2 } = optimizer.options;
    if (typeof rate !== 'number' || typeof beta2 !== 'number' || optimizer.code !== undefined) return [];
    const step = rate * Math.max(1, typeof decoder_factor === 'number' ? decoder_factor : 1);
    if (deviation / step > enough) return [];
    const steps = Math.ceil(deviation / step);
    const values = {
      step: short(step),
      steps: steps === 1 ? 'one step' : `${steps} steps`,
      deviation: short(deviation),
    };
    return [{ span: optimizer.span, values }];
  },
});
