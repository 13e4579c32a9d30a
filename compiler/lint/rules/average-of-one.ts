import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../experiment.ts';
import { rule } from '../rule.ts';
import { ratersOf, trainingSources } from '../sources.ts';

export const averageOfOne = rule({
  code: 'DML3138',
  name: 'average-of-one',
  level: 'warning',
  summary: 'Raters are combined, and only one of them counts.',
  why: 'The average of one mask is that mask, hard, yet its labels count as soft: every class is active in the loss, and interpolation blurs them. What was to be learned, where raters differ, is not in the labels.',
  source: 'language, label sources',
  bad: 'experiment a extends base { labels: raters |> average(weights: [0, 0, 1, 0, 0]) }',
  good: 'experiment a extends base { labels: raters |> one(3) }',
  message: text`Rater ${'rater'} makes ${'share'} % of \`${'step'}\`: the labels are that one mask.`,
  help: text`Write \`raters |> one(${'rater'})\`, which is hard and says so.`,
  check({ experiment }) {
    const raters = ratersOf(experiment);
    return trainingSources(experiment).flatMap(({ root, steps: [first] }) => {
      const rater = root === 'raters' && first ? onlyRater(first, raters) : undefined;
      if (rater === undefined) return [];
      return [{ span: first!.span, values: { rater: String(rater), share: '100', step: first!.name } }];
    });
  },
});

/** Counted from 1. `one` has its option. */
function onlyRater({ options: { weights, rater }, code }: Use, raters: number | undefined) {
  if (code !== undefined || rater !== undefined) return undefined;
  if (raters === 1) return 1;
  if (!Array.isArray(weights) || weights.some((weight) => weight < 0)) return undefined;
  const counting = weights.flatMap((weight, i) => (weight > 0 ? [i + 1] : []));
  return counting.length === 1 ? counting[0] : undefined;
}
