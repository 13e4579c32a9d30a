import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

/** From here on each gradient is added to the weights ten times over: usual rates give 0.001 to 1. */
const large = 10;

/** Above this it is the momentum that never fades, another finding. */
const fading = 0.999;

export const descentStepTooLong = rule({
  code: 'DML3223',
  name: 'descent-step-too-long',
  level: 'warning',
  summary: 'Rate and momentum together make steps that no loss here bears.',
  why: 'A gradient is added up to rate / (1 − momentum) times: 0.1 for the rate 0.01 and the momentum 0.9. The gradient of cross-entropy in a logit is up to 1, so at 10 one wrong pixel alone moves its bias by 10, which turns a probability of 0.5 into 0.99995.',
  source: 'geometric series of the velocity, v = momentum · v + g',
  bad: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 1, momentum: 0.95) }',
  good: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.1, momentum: 0.9) }',
  message: text`Rate ${'rate'} and momentum ${'momentum'} add every gradient ${'sum'} times to the weights.`,
  help: text`Usual are 0.001 to 0.1 at the momentum 0.9, which make it 0.01 to 1.`,
  check({ experiment: { optimizer } }) {
    const { rate, momentum, decoder_factor } = optimizer.options;
    if (typeof rate !== 'number' || typeof momentum !== 'number' || momentum >= fading) return [];
    const highest = rate * Math.max(1, typeof decoder_factor === 'number' ? decoder_factor : 1);
    const sum = highest / (1 - momentum);
    if (optimizer.code !== undefined || sum < large) return [];
    return [
      { span: optimizer.span, values: { rate: short(highest), momentum: String(momentum), sum: short(sum) } },
    ];
  },
});
