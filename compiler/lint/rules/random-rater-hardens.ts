import { text } from '../../../grammar/diagnostic.ts';
import { renaming } from '../edits.ts';
import { equalOnHard } from '../equal-losses.ts';
import { rule } from '../rule.ts';

export const randomRaterHardens = rule({
  code: 'DML3116',
  name: 'random-rater-hardens',
  level: 'warning',
  summary: 'A semimetric loss is measured on one random rater at a time.',
  why: 'Every single mask is hard, and on hard labels DML is soft Dice, to the last digit. Its mean over the raters is lowest at 0 or 1, not at their average: a pixel that half of them mark is pushed to one side.',
  source: 'Wang et al., Dice Semimetric Losses, MICCAI 2023, theorem 2 (equal on hard labels)',
  bad: 'experiment a extends base { labels: raters |> random  loss: 0.25 ce + 0.75 dml1 }',
  good: 'experiment a extends base { labels: raters |> average  loss: 0.25 ce + 0.75 dml1 }',
  message: text`On one rater at a time \`${'loss'}\` is \`${'same'}\`: for a pixel that half of them mark, their mean is ${'middle'} at 0.5 and ${'edge'} at 1.`,
  help: text`Average first: \`raters |> average\`.`,
  async check({ experiment: { loss }, registry, witness }) {
    const findings = loss.map(async ({ loss: use, on, span }) => {
      const same = equalOnHard(use);
      const step = on.steps.find(({ name }) => 'random' in (registry.label[name]?.tags ?? {}));
      if (same === undefined || same === use.name || on.soft || !step) return [];
      const probabilities = [0.5, 1];
      const [marked, unmarked] = await Promise.all(
        [1, 0].map((label) => witness(use, { label, probabilities })),
      );
      const [middle, edge] = probabilities.map((_, i) => ((marked![i]! + unmarked![i]!) / 2).toFixed(3));
      const values = { loss: use.name, same, middle: middle!, edge: edge! };
      return [{ span, values, fix: renaming(step, 'average') }];
    });
    return (await Promise.all(findings)).flat();
  },
});
