import { type Fix, text } from '../../../grammar/diagnostic.ts';
import { meaningOf } from '../../check/meaning.ts';
import { tidy } from '../../check/numbers.ts';
import type { Term } from '../../experiment.ts';
import { removal, together, weighing, weightedSpan } from '../edits.ts';
import { rule } from '../rule.ts';

export const termTwice = rule({
  code: 'DML3111',
  name: 'term-twice',
  level: 'warning',
  summary: 'A mix holds the same term twice.',
  why: 'Two equal terms are one with the sum of their weights. Mostly the second was meant for another target or head.',
  source: 'language, mixes',
  bad: 'experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 ce }',
  good: 'experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 ce on voted }',
  message: text`\`${'loss'}\` stands twice in the mix, on the same target and head: together it weighs ${'sum'}.`,
  help: text`Write it once, or say with \`on\` or \`at\` what the second is measured on.`,
  check({ experiment: { loss } }) {
    const names = new Set(loss.map((term) => term.loss.name));
    if (names.size === loss.length) return [];
    const meanings = loss.map((term) => meaningOf({ ...term, weight: 1 }));
    return loss.flatMap((term, i) => {
      const before = loss[meanings.indexOf(meanings[i]!)]!;
      if (before === term) return [];
      const sum = tidy(before.weight + term.weight);
      const related = [{ span: before.span, message: 'the same' }];
      const values = { loss: term.loss.name, sum: String(sum) };
      return [{ span: term.span, values, related, fix: joined(before, term, sum) }];
    });
  },
});

/** The second taken away, and the first given the weight of both. */
function joined(first: Term, second: Term, sum: number): Fix | undefined {
  const place = weightedSpan(second);
  const gone = place && removal(place, /\+/, '');
  return together('Add the two', true, [weighing(first, sum), ...(gone?.edits ?? [undefined])]);
}
