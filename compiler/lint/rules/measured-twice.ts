import { text } from '../../../grammar/diagnostic.ts';
import { labelsForm, useForm } from '../../canonical/form.ts';
import type { Measure } from '../../experiment.ts';
import { rule } from '../rule.ts';

export const measuredTwice = rule({
  code: 'DML3307',
  name: 'measured-twice',
  level: 'warning',
  summary: 'The same metric is measured twice on the same truth.',
  why: 'Both columns of the table hold the same numbers. Mostly the second was meant for another truth or other options.',
  source: 'language, evaluation',
  bad: 'experiment a extends base { labels: mean  evaluate: dice on voted, dice }',
  good: 'experiment a extends base { labels: mean  evaluate: ece on voted, ece on mean }',
  message: text`\`${'metric'}\` is measured twice on the same truth.`,
  help: text`Leave one out, or give it another truth with \`on\`, or other options.`,
  check({ experiment: { evaluate } }) {
    const meaning = ({ metric, on }: Measure) => JSON.stringify([useForm(metric), labelsForm(on)]);
    return evaluate.flatMap((measure, i) => {
      const before = evaluate.slice(0, i).find((other) => meaning(other) === meaning(measure));
      if (!before) return [];
      const related = [{ span: before.span, message: 'the same' }];
      return [{ span: measure.span, values: { metric: measure.metric.name }, related }];
    });
  },
});
