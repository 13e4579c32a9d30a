import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';
import { trainingSteps } from '../sources.ts';

/** A key that counts less than this share of the nearest one is none. */
const heard = 0.01;

export const bandwidthOfOneKey = rule({
  code: 'DML3139',
  name: 'bandwidth-of-one-key',
  level: 'warning',
  summary: 'The bandwidth of a KDE is so small that each pixel takes the label of one key.',
  why: 'For small h the kernel of a key g at f falls as exp(−KL(g ‖ f) / h). Of 1,000 keys the next one is 0.001 away, which is KL = 2e-6: at h = 1e-3 it counts 0.998 of the nearest, at h = 1e-8 e^−200. The estimate is then the hard label of a single pixel, and calibrates nothing.',
  source:
    'Stirling’s formula on the Dirichlet kernel; Popordanoska, Sayer, Blaschko, NeurIPS 2022 (search for h from 1e-5 on)',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(bandwidth: 1e-8) }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(bandwidth: 1e-3) }',
  message: text`${'keys'} keys are ${'gap'} apart on average, and with \`bandwidth: ${'bandwidth'}\` the second nearest counts ${'ratio'} of the nearest: its hard label is the estimate.`,
  help: text`Take \`auto\`, or one between 1e-5 and 0.5.`,
  check({ experiment }) {
    return trainingSteps(experiment).flatMap(({ name, options: { bandwidth, keys }, span }) => {
      if (name !== 'kde' || typeof bandwidth !== 'number' || typeof keys !== 'number' || keys < 2) return [];
      const gap = 1 / keys;
      const divergence = bernoulliDivergence(0.5 + Math.min(gap, 0.499), 0.5);
      const ratio = Math.exp(-divergence / bandwidth);
      if (ratio >= heard) return [];
      const values = { keys: keys.toLocaleString('en-US'), gap: short(gap), bandwidth: short(bandwidth) };
      return [{ span, values: { ...values, ratio: ratio < 1e-99 ? 'less than 1e-99' : short(ratio) } }];
    });
  },
});

/** KL(p ‖ q) of two classes. */
const bernoulliDivergence = (p: number, q: number): number =>
  p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
