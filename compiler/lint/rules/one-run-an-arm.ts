import { text } from '../../../grammar/diagnostic.ts';
import { sweepRule } from '../rule.ts';
import { runsOf } from '../runs.ts';

export const oneRunAnArm = sweepRule({
  code: 'DML3304',
  name: 'one-run-an-arm',
  level: 'warning',
  summary: 'Arms are compared by a single run each.',
  why: 'Two runs that differ in the seed alone often differ by more than the effect that is looked for. With one run an arm there is no deviation, no interval and no test.',
  source: 'Bouthillier et al., Accounting for Variance in Machine Learning Benchmarks, MLSys 2021',
  bad: 'experiment a extends base { labels: mean } sweep s of a { vary batch in [4, 8] }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 2 } sweep s of a { vary batch in [4, 8] }',
  message: text`Each of the ${'arms'} arms is one run, one fold with one seed: their order may be chance.`,
  help: text`Write \`seed: 0 .. 2\` or \`fold: all\` in the experiment.`,
  check({ sweep: { arms, span } }) {
    const isOne = arms.every(({ experiment }) => runsOf(experiment) === 1);
    return isOne && arms.length > 1 ? [{ span, values: { arms: String(arms.length) } }] : [];
  },
});
