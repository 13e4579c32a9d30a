import { text } from '../../../grammar/diagnostic.ts';
import type { OptionValue } from '../../registry.ts';
import { rule } from '../rule.ts';

/** Views that are averaged, and how many of them a network without mirrored images has never seen. */
const views: Readonly<Record<string, readonly string[]>> = {
  horizontal: ['horizontal'],
  vertical: ['vertical'],
  all: ['horizontal', 'vertical'],
};

export const flipsNeverTrained = rule({
  code: 'DML3319',
  name: 'flips-never-trained',
  level: 'warning',
  summary: 'A network is asked about mirrored images, and was trained on none.',
  why: 'Test-time augmentation averages what a network says of an image as it is and mirrored. Without `flip` in `augment` the mirrored ones are images of a kind that it never learned from: with `all`, three of the four predictions that make the mean.',
  source:
    'Wang et al., Aleatoric uncertainty estimation with test-time augmentation, Neurocomputing 2019: augmented as in training',
  bad: 'experiment a extends base { labels: mean  predict: center |> flips(horizontal) }',
  good: 'experiment a extends base { labels: mean  augment: flip(horizontal)  predict: center |> flips(horizontal) }',
  message: text`Of the ${'views'} predictions that are averaged ${'foreign'}, which \`augment\` has not shown the network: it has ${'augment'}.`,
  help: text`Add ${'missing'} to \`augment\`, or leave \`flips\` out.`,
  check({ experiment: { augment, predict, train } }) {
    if (train === 'none') return [];
    const shown = augment.flatMap(({ name, options }) => (name === 'flip' ? [options.direction] : []));
    return predict.flatMap(({ name, options: { directions }, span, code }) => {
      if (name !== 'flips' || code !== undefined) return [];
      const asked = axesOf(directions);
      const missing = asked.filter((axis) => !shown.includes(axis));
      if (missing.length === 0) return [];
      const all = 2 ** asked.length;
      const known = 2 ** (asked.length - missing.length);
      const values = {
        views: String(all),
        foreign: all - known === 1 ? 'one is of an image mirrored' : `${all - known} are of images mirrored`,
        augment: shown.length === 0 ? 'no `flip`' : `\`flip(${shown.join(')`, `flip(')})\` alone`,
        missing: missing.map((axis) => `\`flip(${axis})\``).join(' and '),
      };
      return [{ span, values }];
    });
  },
});

const axesOf = (directions: OptionValue | undefined): readonly string[] =>
  typeof directions === 'string' ? (views[directions] ?? []) : [];
