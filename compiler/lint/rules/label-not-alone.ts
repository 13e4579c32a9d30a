import { text } from '../../../grammar/diagnostic.ts';
import { digits, points } from '../../laws/verdict.ts';
import { rule } from '../rule.ts';

export const labelNotAlone = rule({
  code: 'DML3126',
  name: 'label-not-alone',
  level: 'warning',
  summary: 'Of a class by itself, other predictions cost as little as the label.',
  why: 'A Tversky loss with the weight 0 for false negatives costs 0 where nothing of the class is predicted, whatever its label; with the weight 0 for false positives, where it is predicted everywhere. Only the other classes of the mean hold it back.',
  source: 'compatible Tversky loss: its minimum is the label alone if both weights are above 0; law checker',
  bad: 'experiment a extends base { labels: mean  loss: tversky(fp: 0.7, fn: 0) }',
  good: 'experiment a extends base { labels: mean  loss: tversky(fp: 0.7, fn: 0.3) }',
  message: text`\`${'loss'}\` does not decide a class: one pixel of it labelled ${'label'} costs ${'cost'} at the label and at ${'prediction'} too.`,
  help: text`Give false positives and false negatives a weight above 0 each.`,
  async check({ experiment: { loss, data }, registry, laws }) {
    const findings = await Promise.all(
      loss.map(async (term) => {
        const verdict = await laws('minimum', term, data.classes.length, registry);
        const example =
          verdict?.verdict === 'proved' && verdict.alone === false ? verdict.example : undefined;
        // Where only several classes together show it, it is for the rules of weights and of active classes.
        if (example?.label.length !== 1) return [];
        const { label, prediction, atLabel } = example;
        const values = {
          loss: term.loss.name,
          label: points(label),
          prediction: points(prediction),
          cost: digits(atLabel),
        };
        return [{ span: term.loss.span, values }];
      }),
    );
    return findings.flat();
  },
});
