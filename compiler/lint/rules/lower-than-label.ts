import { text } from '../../../grammar/diagnostic.ts';
import { digitsOfBoth, points } from '../../laws/verdict.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const lowerThanLabel = rule({
  code: 'DML3125',
  name: 'lower-than-label',
  level: 'warning',
  summary: 'A loss is 0 at the label, and below 0 elsewhere.',
  why: 'With norm 2 and different weights of false positives and false negatives the Tversky form can fall below 0 on soft labels: with the weights 0.3 and 0.7, a pixel labelled 0.5 costs 0 at the label and -0.091 at 0.775, so training moves away from the label.',
  source: 'Wang et al., official code of the Dice semimetric losses, norm; law checker',
  bad: 'experiment a extends base { labels: mean  loss: tversky(fp: 0.3, fn: 0.7, norm: 2) }',
  good: 'experiment a extends base { labels: mean  loss: tversky(fp: 0.3, fn: 0.7) }',
  message: text`\`${'loss'}\` is lower elsewhere than at the label: for a pixel labelled ${'label'} it is ${'there'} at the label and ${'here'} at ${'prediction'}.`,
  help: text`Give both kinds of error the same weight, or take \`norm: 1\`.`,
  async check({ experiment: { loss, data }, registry, laws }) {
    const findings = await Promise.all(
      loss.map(async (term) => {
        const verdict = await laws('minimum', term, data.classes.length, registry);
        if (verdict?.verdict !== 'refuted' || !verdict.example) return [];
        const { label, prediction, loss: lower, atLabel } = verdict.example;
        const [there, here] = digitsOfBoth(atLabel, lower);
        const values = {
          loss: term.loss.name,
          label: points(label),
          prediction: points(prediction),
          there,
          here,
        };
        const fix = term.loss.options.norm === 2 ? settingOption(term.loss, 'norm', '1') : undefined;
        return [{ span: term.loss.span, values, fix }];
      }),
    );
    return findings.flat();
  },
});
