import { text } from '../../../grammar/diagnostic.ts';
import { withUsualTruth } from '../edits.ts';
import { rule } from '../rule.ts';

export const bdiceOnHardTruth = rule({
  code: 'DML3302',
  name: 'bdice-on-hard-truth',
  level: 'warning',
  summary: 'Binarised Dice is measured on hard labels.',
  why: 'A hard truth is the same at every level, so BDice asks how far the prediction stays the same from 0.1 to 0.9: the more it is pushed to 0 and 1, the better the score. It is meant for the share of raters.',
  source: 'QUBIQ challenge, Li et al., arXiv:2405.18435',
  bad: 'experiment a extends base { labels: mean  evaluate: bdice on voted }',
  good: 'experiment a extends base { labels: mean  evaluate: bdice on mean }',
  message: text`On hard labels all ${'levels'} levels of \`bdice\` have the same truth: a prediction gains by being extreme.`,
  help: text`Measure it on \`raters |> average\`, or take \`dice\` on hard labels.`,
  check({ experiment: { evaluate } }) {
    return evaluate.flatMap((measure) => {
      const { name, options, span } = measure.metric;
      if (name !== 'bdice' || measure.on.soft) return [];
      return [{ span, values: { levels: String(options.levels) }, fix: withUsualTruth(measure) }];
    });
  },
});
