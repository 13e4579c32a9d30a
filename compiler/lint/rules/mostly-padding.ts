import { text } from '../../../grammar/diagnostic.ts';
import type { Experiment } from '../../experiment.ts';
import type { Interval } from '../../registry.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';

/** Less of the input than this is wasted work. */
const enough = 0.5;

export const mostlyPadding = rule({
  code: 'DML3219',
  name: 'mostly-padding',
  level: 'warning',
  summary: 'Augmentation shrinks images so far that most of the input is padding.',
  why: 'What is smaller than the crop is padded with pixels that do not count: at the factor 0.5 three quarters of every step are spent on nothing, and the loss sees a quarter of the pixels.',
  source: 'reference of `scale`',
  bad: 'experiment a extends base { labels: mean  augment: scale(0.2 .. 0.6) }',
  good: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: sliding  augment: scale(0.5 .. 2) }',
  message: text`\`${'transform'}\` by ${'low'} to ${'high'} leaves ${'share'} % of the input to the image, on average; the rest is padding.`,
  help: text`Choose a range around 1, or a smaller \`crop\`.`,
  check({ experiment }) {
    const scales = experiment.augment.flatMap(({ name, options: { factor }, span, code }) =>
      code === undefined && typeof factor === 'object' && 'low' in factor ? [{ name, factor, span }] : [],
    );
    const [only, second] = scales;
    const room = roomOf(experiment);
    if (!only || second || !room || only.factor.low <= 0) return [];
    const share = imageShare(only.factor, room);
    if (share >= enough) return [];
    const { low, high } = only.factor;
    const values = { transform: only.name, low: String(low), high: String(high), share: percent(share) };
    return [{ span: only.span, values }];
  },
});

/** How many times the input fits into the image, along each side. */
function roomOf(experiment: Experiment): readonly number[] | undefined {
  const { crop } = experiment;
  if (crop === 'whole') return [1, 1];
  return imageSizeOf(experiment)?.map((side, i) => side / crop[i]!);
}

/** Share of the input that the image covers: the mean over the range, by the midpoint rule. */
function imageShare({ low, high }: Interval, room: readonly number[]): number {
  const parts = 200;
  let sum = 0;
  for (let i = 0; i < parts; i++) {
    const factor = low + ((high - low) * (i + 0.5)) / parts;
    sum += room.reduce((product, times) => product * Math.min(1, factor * times), 1);
  }
  return sum / parts;
}
