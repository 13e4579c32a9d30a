import { text } from '../../../grammar/diagnostic.ts';
import { withUsualTruth } from '../edits.ts';
import { hardening } from '../metrics.ts';
import { rule } from '../rule.ts';

export const diceOnSoftTruth = rule({
  code: 'DML3301',
  name: 'dice-on-soft-truth',
  level: 'warning',
  summary: 'An overlap metric is measured on soft labels, which it hardens.',
  why: 'The metric takes the class of the largest value: of labels averaged over R raters that is their majority at best, and says nothing of how many agreed. Dice of probabilities against averages would not be 1 for a perfect prediction.',
  source:
    'official code of the Dice semimetric losses, whose Dice on averaged labels turns everything to background',
  bad: 'experiment a extends base { labels: mean  evaluate: dice on mean }',
  good: 'experiment a extends base { labels: mean  evaluate: dice on voted, bdice on mean }',
  message: text`\`${'metric'}\` takes the largest class of soft labels: with ${'classes'} classes, a pixel that ${'share'} % of the raters mark counts as much as one that all do.`,
  help: text`Measure \`${'metric'}\` on \`raters |> majority\`, and \`bdice\`, \`brier\` or \`nll\` on soft labels.`,
  check({ experiment: { evaluate, data } }) {
    const classes = data.classes.length;
    const share = String(Math.ceil(100 / classes + 0.5));
    return evaluate.flatMap((measure) => {
      const { metric, on } = measure;
      if (!on.soft || !hardening.includes(metric.name)) return [];
      const values = { metric: metric.name, classes: String(classes), share };
      return [{ span: metric.span, values, fix: withUsualTruth(measure) }];
    });
  },
});
