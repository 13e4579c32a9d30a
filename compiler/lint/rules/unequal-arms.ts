import { text } from '../../../grammar/diagnostic.ts';
import { canonicalForm } from '../../canonical/form.ts';
import type { PlainRecord } from '../../canonical/value-form.ts';
import { meaningOf } from '../../check/meaning.ts';
import { sweepRule } from '../rule.ts';

/** What must be equal for a comparison to be one, unless it is what varies. */
const conditions = ['data', 'fold', 'crop', 'train', 'batch', 'seed', 'evaluate'] as const;

export const unequalArms = sweepRule({
  code: 'DML3401',
  name: 'unequal-arms',
  level: 'warning',
  summary: 'Arms that are compared differ in more than what is varied.',
  why: 'An arm that trains longer, on other folds or is scored by other metrics wins or loses for that reason: the table compares two things at once.',
  source: 'controlled comparison',
  bad: 'experiment a extends base { labels: mean  seed: 0 .. 2 } experiment b extends a { loss: ce  train: 20 epochs } sweep s of a, b { }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 2 } experiment b extends a { loss: ce } sweep s of a, b { }',
  message: text`The arms differ in ${'fields'} as well: ${'values'}.`,
  help: text`Give all of them the same, for example in the sweep, or in the protocol that they extend: \`${'example'}\`.`,
  check({ sweep }) {
    const varied = new Set(sweep.factors.flatMap((factor) => factor.split(/[.,\s]+/)));
    const experiments = sweep.arms.map(({ experiment }) => experiment);
    const suspects = conditions.filter(
      (field) => !varied.has(field) && new Set(experiments.map((one) => meaningOf(one[field]))).size > 1,
    );
    if (suspects.length === 0) return [];
    const forms = experiments.map((experiment) => canonicalForm(experiment));
    const differing = suspects
      .map((field) => ({ field, values: valuesOf(forms, field) }))
      .filter(({ values }) => values.length > 1);
    const [first] = differing;
    if (!first) return [];
    const values = {
      fields: differing.map(({ field }) => `\`${field}\``).join(', '),
      values: differing.map((each) => each.values.join(' and ')).join('; '),
      example: `${first.field}: ${first.values[0]}`,
    };
    return [{ span: sweep.span, values }];
  },
});

function valuesOf(forms: readonly PlainRecord[], field: (typeof conditions)[number]): readonly string[] {
  const texts = forms.map((form) => {
    const value = form[field];
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
  return [...new Set(texts)];
}
