import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

/** Above this a weight that nothing holds halves within some 70 steps. */
const large = 0.01;

export const decayOvershoots = rule({
  code: 'DML3213',
  name: 'decay-overshoots',
  level: 'warning',
  summary: 'Weight decay outruns the learning.',
  why: 'Each step multiplies a weight by 1 − rate · decay. At a product of 0.01 it halves every 69 steps, from 1 on it is gone in one, above 2 it grows without end.',
  source: 'definition of weight decay in SGD and AdamW',
  bad: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.1, decay: 0.5) }',
  good: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.1, decay: 5e-4) }',
  message: text`Rate ${'rate'} times decay ${'decay'} takes ${'share'} % of every weight away in each step: half of it in ${'half'} steps.`,
  help: text`Usual decays are 1e-4 to 1e-3 for \`sgd\` and 0.01 for \`adamw\` at its small rates.`,
  check({ experiment: { optimizer } }) {
    const { rate, decay } = optimizer.options;
    if (typeof rate !== 'number' || typeof decay !== 'number' || rate * decay < large) return [];
    const product = rate * decay;
    const half = product < 1 ? String(Math.max(1, Math.round(Math.log(0.5) / Math.log1p(-product)))) : '1';
    const share = String(Number((100 * product).toPrecision(3)));
    return [{ span: optimizer.span, values: { rate: String(rate), decay: String(decay), share, half } }];
  },
});
