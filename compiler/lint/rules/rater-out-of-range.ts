import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { ratersOf, trainingSteps } from '../sources.ts';

export const raterOutOfRange = rule({
  code: 'DML3117',
  name: 'rater-out-of-range',
  level: 'error',
  summary: 'A rater is asked for that the data set does not have.',
  why: 'Raters count from 1. The run would end at its first case, after the data were read.',
  source: 'language, label steps',
  bad: 'experiment a extends base { labels: raters |> one(9) }',
  good: 'experiment a extends base { labels: raters |> one(1) }',
  message: text`There is no rater ${'rater'}: the data set has ${'raters'}, counted from 1.`,
  help: text`Choose one of 1 to ${'raters'}.`,
  check({ experiment }) {
    const raters = ratersOf(experiment);
    if (raters === undefined) return [];
    return trainingSteps(experiment).flatMap(({ name, options: { rater }, span }) =>
      name === 'one' && typeof rater === 'number' && rater > raters
        ? [{ span, values: { rater: String(rater), raters: String(raters) } }]
        : [],
    );
  },
});
