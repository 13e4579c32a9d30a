import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

/** With fewer levels than this, whole ranges of agreement are one. */
const enough = 3;

export const bdiceOfOneLevel = rule({
  code: 'DML3312',
  name: 'bdice-of-one-level',
  level: 'warning',
  summary: 'Binarised Dice is taken at one or two levels.',
  why: 'At the level 0.5 alone it is the Dice of two hard masks: a pixel that three of five raters mark counts as one that all mark. What tells a soft prediction from a hard one are the levels between, usually 0.1 to 0.9.',
  source: 'QUBIQ challenge, Li et al., arXiv:2405.18435: nine levels',
  bad: 'experiment a extends base { labels: mean  evaluate: bdice(levels: 1) on mean }',
  good: 'experiment a extends base { labels: mean  evaluate: bdice(levels: 9) on mean }',
  message: text`\`${'metric'}\` looks at ${'levels'}: of shares above ${'highest'} it does not tell how many agreed.`,
  help: text`Leave \`levels\` out: usual are 9.`,
  check({ experiment: { evaluate } }) {
    return evaluate.flatMap(({ metric: { name, options, span, code }, on }) => {
      const { levels } = options;
      if (code !== undefined || typeof levels !== 'number' || levels >= enough || !on.soft) return [];
      const all = Array.from({ length: levels }, (_, i) => short((i + 1) / (levels + 1)));
      const values = {
        metric: name,
        levels: all.length === 1 ? `the level ${all[0]} alone` : `the levels ${all.join(' and ')}`,
        highest: all.at(-1)!,
      };
      return [{ span, values }];
    });
  },
});
