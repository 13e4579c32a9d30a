import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';

export const everythingExtreme = rule({
  code: 'DML3311',
  name: 'everything-extreme',
  level: 'warning',
  summary: 'Every probability counts as extreme.',
  why: 'Extreme is what lies below `low` or above `high`. Where `low` is the larger, the two stretches overlap and leave out nothing: the score is 100 % for every network.',
  source: 'reference of `extreme`',
  bad: 'experiment a extends base { labels: mean  evaluate: extreme(low: 95%, high: 5%) }',
  good: 'experiment a extends base { labels: mean  evaluate: extreme(low: 5%, high: 95%) }',
  message: text`Below ${'low'} or above ${'high'} lie ${'share'} % of all probabilities, whatever the network says.`,
  help: text`Write the smaller one as \`low\`: \`${'metric'}(low: ${'high'}, high: ${'low'})\`.`,
  check({ experiment: { evaluate } }) {
    return evaluate.flatMap(({ metric: { name, options, span, code } }) => {
      const { low, high } = options;
      if (code !== undefined || typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
      const [lower, higher] = [`${percent(low)}%`, `${percent(high)}%`];
      return [{ span, values: { metric: name, low: lower, high: higher, share: '100' } }];
    });
  },
});
