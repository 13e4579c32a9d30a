import { text } from '../../../grammar/diagnostic.ts';
import { sweepRule } from '../rule.ts';
import { runsOf } from '../runs.ts';

/** 97.5 % of Student's t with one degree of freedom: tan(0.475 π). */
const quantile = Math.tan(0.475 * Math.PI);

export const twoRunsAnArm = sweepRule({
  code: 'DML3403',
  name: 'two-runs-an-arm',
  level: 'warning',
  summary: 'Arms are compared by two runs each.',
  why: 'The 95 % interval of a mean of two runs is 9 times their deviation to either side, that of three 2.5 times and of five 1.2 times. With two, nothing but a very large effect can be told from chance.',
  source: 'Student, The Probable Error of a Mean, Biometrika 1908',
  bad: 'experiment a extends base { labels: mean  seed: 0 .. 1 } sweep s of a { vary batch in [4, 8] }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 2 } sweep s of a { vary batch in [4, 8] }',
  message: text`Each of the ${'arms'} arms is two runs: the 95 % interval of its mean is ${'width'} times their deviation to either side.`,
  help: text`Write \`seed: 0 .. 2\` or \`fold: all\` in the experiment.`,
  check({ sweep: { arms, span } }) {
    if (arms.length < 2 || !arms.every(({ experiment }) => runsOf(experiment) === 2)) return [];
    const width = (quantile / Math.SQRT2).toFixed(1);
    return [{ span, values: { arms: String(arms.length), width } }];
  },
});
