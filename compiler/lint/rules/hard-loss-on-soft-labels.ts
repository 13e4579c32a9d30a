import { text } from '../../../grammar/diagnostic.ts';
import { labelsText } from '../../canonical/text.ts';
import type { Use } from '../../experiment.ts';
import { renaming } from '../edits.ts';
import { rule, type Witness } from '../rule.ts';

export const hardLossOnSoftLabels = rule({
  code: 'DML3101',
  name: 'hard-loss-on-soft-labels',
  level: 'warning',
  summary: 'A loss that bears hard labels alone is measured on soft ones.',
  why: 'Soft Dice of one pixel with the label 0.5 is 1/2 at the label and 1/3 at 1, its minimum: training hardens what the raters left open, and tends to over-segment.',
  source: 'Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2',
  bad: 'experiment a extends base { labels: raters |> average  loss: 0.25 ce + 0.75 sdl }',
  good: 'experiment a extends base { labels: raters |> average  loss: 0.25 ce + 0.75 dml1 }',
  message: text`\`${'loss'}\` bears hard labels, and \`${'labels'}\` gives soft ones${'evidence'}.`,
  help: text`These bear soft labels: ${'others'}.`,
  async check({ experiment, registry, witness }) {
    const bears = (name: string) => registry.loss[name]!.tags.labels;
    const wrong = experiment.loss.filter(({ loss, on }) => on.soft && bears(loss.name) === 'hard');
    const others = Object.keys(registry.loss)
      .filter((name) => bears(name) === 'soft')
      .map((name) => `\`${name}\``)
      .join(', ');
    const findings = await Promise.all(
      wrong.map(async ({ loss, on }) => {
        const evidence = await evidenceOf(loss, witness);
        return evidence === undefined
          ? []
          : [
              {
                span: loss.span,
                values: { loss: loss.name, labels: labelsText(on, registry), evidence, others },
                related: [{ span: on.span, message: 'soft' }],
                fix: softened(loss),
              },
            ];
      }),
    );
    return findings.flat();
  },
});

/** The loss that is the same on hard labels, and bears soft ones. */
const equal: Readonly<Record<string, string>> = { sdl: 'dml1', sjl: 'jml1' };

function softened(loss: Use) {
  const other = equal[loss.name];
  return other === undefined ? undefined : renaming(loss, other);
}

/** A pixel that half of the raters marked. */
const split = 0.5;

/**
 * Where the loss of such a pixel is least, in words; `undefined` if that is at the label, because options can make
 * a loss fit for soft labels. Of a loss that cannot be computed here, what it says of itself is believed.
 */
async function evidenceOf(loss: Use, witness: Witness): Promise<string | undefined> {
  const grid = Array.from({ length: 21 }, (_, i) => i / 20);
  const values = await witness(loss, { label: split, probabilities: grid });
  if (!values) return '';
  const least = values.reduce((best, value, i) => (value < values[best]! ? i : best), 0);
  const atLabel = values[grid.indexOf(split)]!;
  if (!(values[least]! < atLabel)) return undefined;
  const digits = (value: number) => value.toFixed(3);
  return `: for a pixel that the raters split evenly, it is ${digits(atLabel)} at the label ${split} and ${digits(values[least]!)} at ${grid[least]!.toFixed(1)}, its minimum`;
}
