import { text } from '../../../grammar/diagnostic.ts';
import { meaningOf } from '../../check/meaning.ts';
import { tidy } from '../../check/numbers.ts';
import type { Term } from '../../experiment.ts';
import { equalOnHard, meaningOnHard } from '../equal-losses.ts';
import { rule } from '../rule.ts';

export const sameOnHardLabels = rule({
  code: 'DML3130',
  name: 'same-on-hard-labels',
  level: 'warning',
  summary: 'Two losses of a mix are the same one on hard labels.',
  why: 'Where a label is 0 or 1, min(x, y) is xy: `dml1` and `dml2` are soft Dice, `jml1` and `jml2` soft Jaccard, to the last digit. A mix of two of them is one with the sum of the weights.',
  source: 'Wang et al., Dice Semimetric Losses, MICCAI 2023, theorem 2 (equal on hard labels)',
  bad: 'experiment a extends base { labels: voted  loss: 0.5 sdl + 0.5 dml1 }',
  good: 'experiment a extends base { labels: voted  loss: 0.5 ce + 0.5 dml1 }',
  message: text`On hard labels \`${'loss'}\` is \`${'other'}\`, both ${'value'} for a pixel labelled 1 and predicted 0.5: together they are one term of weight ${'sum'}.`,
  help: text`Keep one of them, or measure the other on soft labels.`,
  async check({ experiment: { loss }, witness }) {
    const hard = loss.filter(({ loss: use, on }) => !on.soft && equalOnHard(use) !== undefined);
    const keys = hard.map((term) => keyOf(term));
    const findings = hard.map(async (term, i) => {
      const before = hard[keys.indexOf(keys[i]!)]!;
      // Where they are written alike, it is the rule of equal terms that says so.
      if (before === term || meaningOf(before.loss) === meaningOf(term.loss)) return [];
      const [value] = (await witness(term.loss, { label: 1, probabilities: [0.5] })) ?? [];
      const values = {
        loss: term.loss.name,
        other: before.loss.name,
        value: value!.toFixed(3),
        sum: String(tidy(before.weight + term.weight)),
      };
      return [{ span: term.span, values, related: [{ span: before.span, message: 'the same' }] }];
    });
    return (await Promise.all(findings)).flat();
  },
});

const keyOf = ({ loss, on, at }: Term) => JSON.stringify([meaningOnHard(loss), meaningOf(on), at]);
