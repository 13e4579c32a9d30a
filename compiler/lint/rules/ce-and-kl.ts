import { text } from '../../../grammar/diagnostic.ts';
import { inWhole } from '../../canonical/form.ts';
import { sourceForm } from '../../canonical/source-form.ts';
import { tidy } from '../../check/numbers.ts';
import type { Term } from '../../experiment.ts';
import { removal, together, weighing, weightedSpan } from '../edits.ts';
import { rule } from '../rule.ts';

export const ceAndKl = rule({
  code: 'DML3112',
  name: 'ce-and-kl',
  level: 'warning',
  summary: 'A mix holds cross-entropy and Kullback-Leibler divergence on the same target.',
  why: 'At temperature 1 they differ by the entropy of the label, a constant: their gradients are the same, so the two are one term with the sum of the weights.',
  source: 'definition of the Kullback-Leibler divergence',
  bad: 'experiment a extends base { labels: mean  loss: 0.25 ce + 0.25 kl + 0.5 dml1 }',
  good: 'experiment a extends base { labels: mean  loss: 0.5 ce + 0.5 dml1 }',
  message: text`\`ce\` and \`kl\` have the same gradient: together they are one term of weight ${'sum'}.`,
  help: text`Keep one of them.`,
  check({ experiment: { loss } }) {
    const entropies = loss.filter(({ loss: { name } }) => name === 'ce');
    return loss
      .filter(({ loss: { name, options } }) => name === 'kl' && options.temperature === 1)
      .flatMap((kl) => {
        const targetOf = ({ on }: Term) => JSON.stringify(sourceForm(on, inWhole));
        const ce = entropies.find((term) => term.at === kl.at && targetOf(term) === targetOf(kl));
        if (!ce) return [];
        const sum = tidy(ce.weight + kl.weight);
        const related = [{ span: ce.span, message: 'the same gradient' }];
        const place = weightedSpan(kl);
        const gone = place && removal(place, /\+/, '');
        const edits = [weighing(ce, sum), ...(gone?.edits ?? [undefined])];
        const fix = together('Keep `ce`, with the weight of both', false, edits);
        return [{ span: kl.span, values: { sum: String(sum) }, related, fix }];
      });
  },
});
