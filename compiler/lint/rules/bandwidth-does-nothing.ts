import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';
import { trainingSteps } from '../sources.ts';

/** Ratio of two kernels below which an estimate hardly depends on the prediction. */
const flat = 3;

export const bandwidthDoesNothing = rule({
  code: 'DML3121',
  name: 'bandwidth-does-nothing',
  level: 'warning',
  summary: 'The bandwidth of a KDE is so large that it does not look at the prediction.',
  why: 'The kernel of a key f_j at f is the product of f_c to the power f_jc / h. At a pixel of 0.9 a key at 0.9 weighs 5.8 times as much as one at 0.1 for h = 1, and 1.4 times for h = 5: there the estimate is near the share of the classes among the keys, whatever the teacher said.',
  source:
    'Popordanoska, Sayer, Blaschko, A Consistent and Differentiable Lp Canonical Calibration Error Estimator, NeurIPS 2022',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(bandwidth: 5) }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(bandwidth: 1e-3) }',
  message: text`With \`bandwidth: ${'bandwidth'}\` a key at 0.9 counts only ${'ratio'} times as much as one at 0.1 for a pixel at 0.9.`,
  help: text`Take \`auto\`, or one between 1e-5 and 0.5.`,
  check({ experiment }) {
    return trainingSteps(experiment).flatMap((step) => {
      const {
        name,
        options: { bandwidth },
        span,
      } = step;
      if (name !== 'kde' || typeof bandwidth !== 'number') return [];
      // The normalising constants of the two kernels are equal, by symmetry.
      const ratio = Math.exp(((0.9 - 0.1) / bandwidth) * (Math.log(0.9) - Math.log(0.1)));
      if (ratio >= flat) return [];
      const values = { bandwidth: String(bandwidth), ratio: String(Number(ratio.toPrecision(3))) };
      return [{ span, values, fix: settingOption(step, 'bandwidth', 'auto') }];
    });
  },
});
