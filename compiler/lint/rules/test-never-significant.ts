import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { compareRule } from '../rule.ts';
import { runsOf } from '../runs.ts';

/** What is called significant. */
const level = 0.05;

export const testNeverSignificant = compareRule({
  code: 'DML3404',
  name: 'test-never-significant',
  level: 'warning',
  summary: 'A test over the runs has too few of them to find anything.',
  why: 'Of n differences that all have one sign the p-value of the signed-rank test is 2 / 2ⁿ, and no lower one exists: 0.25 for three runs, 0.0625 for five. Whatever the networks do, the table will say that they do not differ.',
  source: 'Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1945',
  bad: 'experiment a extends base { labels: mean  seed: 0 .. 4 } experiment b extends a { loss: ce } compare c of a, b { baseline: a  statistic: wilcoxon(over: runs) }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 4 } experiment b extends a { loss: ce } compare c of a, b { baseline: a  statistic: wilcoxon(over: cases) }',
  message: text`Over ${'runs'} runs no p-value is below ${'lowest'}: the test never finds a difference.`,
  help: text`Test \`over: cases\`, or give the experiments at least 6 runs: folds × seeds.`,
  check({ compare: { arms, statistic } }) {
    // A p-value is what is corrected for being one of several.
    if (statistic?.options.over !== 'runs' || statistic.options.correction === undefined) return [];
    const runs = arms.map(({ experiment }) => runsOf(experiment));
    if (statistic.code !== undefined || !runs.every((one) => one !== undefined)) return [];
    // Pairs are of equal fold and seed.
    const most = Math.max(...runs);
    const lowest = Math.min(1, 2 / 2 ** most);
    if (lowest < level) return [];
    return [{ span: statistic.span, values: { runs: String(most), lowest: short(lowest) } }];
  },
});
