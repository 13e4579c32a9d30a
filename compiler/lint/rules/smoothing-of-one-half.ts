import { text } from '../../../grammar/diagnostic.ts';
import { inWhole } from '../../canonical/form.ts';
import { sourceForm } from '../../canonical/source-form.ts';
import type { LabelSource } from '../../experiment.ts';
import { rule } from '../rule.ts';

/** Steps that smooth what they get. */
const smoothing = ['smooth', 'boundary'];

export const smoothingOfOneHalf = rule({
  code: 'DML3113',
  name: 'smoothing-of-one-half',
  level: 'warning',
  summary: 'Labels are smoothed for one part of a mix and not for another.',
  why: 'The two parts pull to different targets: cross-entropy to 1 − ε + ε / C, Dice to 1. Frameworks whose smoothing reaches only the cross-entropy half do this unasked.',
  source: 'MONAI #7957 and #8000: label smoothing of DiceCELoss reaches one half',
  bad: 'experiment a extends base { labels: voted  loss: 0.25 ce on (raters |> majority |> smooth(epsilon: 0.2)) + 0.75 dml1 }',
  good: 'experiment a extends base { labels: voted |> smooth(epsilon: 0.2)  loss: 0.25 ce + 0.75 dml1 }',
  message: text`\`${'loss'}\` sees smoothed labels and \`${'other'}\` the same ones unsmoothed: where the label is 1, their minima are ${'low'} and 1.`,
  help: text`Put the step into \`labels\`, so that it reaches every term.`,
  check({ experiment: { loss, data } }) {
    const plain = ({ root, steps, ...rest }: LabelSource) =>
      JSON.stringify(
        sourceForm({ ...rest, root, steps: steps.filter(({ name }) => !smoothing.includes(name)) }, inWhole),
      );
    const smooth = ({ steps }: LabelSource) => steps.find(({ name }) => smoothing.includes(name));
    return loss.flatMap((term) => {
      const step = smooth(term.on);
      const other = step && loss.find(({ on }) => !smooth(on) && plain(on) === plain(term.on));
      if (!other) return [];
      const epsilon = Number(step.options.epsilon);
      const low = Number((1 - epsilon + epsilon / data.classes.length).toPrecision(3));
      const values = { loss: term.loss.name, other: other.loss.name, low: String(low) };
      return [{ span: step.span, values, related: [{ span: other.span, message: 'unsmoothed' }] }];
    });
  },
});
