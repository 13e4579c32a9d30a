import { text } from '../../../grammar/diagnostic.ts';
import { meaningOf } from '../../check/meaning.ts';
import { removal } from '../edits.ts';
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
    const names = new Set(evaluate.map(({ metric }) => metric.name));
    if (names.size === evaluate.length) return [];
    const meanings = evaluate.map(meaningOf);
    return evaluate.flatMap(({ metric, span }, i) => {
      const before = meanings.indexOf(meanings[i]!);
      if (before === i) return [];
      const related = [{ span: evaluate[before]!.span, message: 'the same' }];
      return [{ span, values: { metric: metric.name }, related, fix: removal(span, /,/, 'Leave it out') }];
    });
  },
});
