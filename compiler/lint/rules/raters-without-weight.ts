import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { allSources } from '../sources.ts';

export const ratersWithoutWeight = rule({
  code: 'DML3137',
  name: 'raters-without-weight',
  level: 'error',
  summary: 'The weights of the raters make no average.',
  why: 'Each is divided by the sum of all: at the sum 0 there is no average, and a weight below 0 makes labels that are no shares. The run ends at its first case.',
  source: 'definition of a weighted mean',
  bad: 'experiment a extends base { labels: raters |> average(weights: [0, 0, 0, 0, 0]) }',
  good: 'experiment a extends base { labels: raters |> average(weights: [0, 1, 1, 1, 1]) }',
  message: text`The lowest of the weights is ${'lowest'} and their sum ${'sum'}: none is a share of it.`,
  help: text`Give every rater a weight of at least 0, and one of them more.`,
  check({ experiment }) {
    return allSources(experiment).flatMap(({ root, steps: [first] }) => {
      const weights = first?.options.weights;
      if (root !== 'raters' || !first || first.code !== undefined || !isNumbers(weights)) return [];
      const [lowest, sum] = [Math.min(...weights), weights.reduce((total, weight) => total + weight, 0)];
      if (lowest >= 0 && sum > 0) return [];
      return [{ span: first.span, values: { lowest: String(lowest), sum: String(sum) } }];
    });
  },
});

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
