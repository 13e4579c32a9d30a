import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { inputSizeOf, levelsOf } from '../sizes.ts';

/** Side of the kernels of a level. */
const kernel = 3;

export const levelOfOnePixel = rule({
  code: 'DML3211',
  name: 'level-of-one-pixel',
  level: 'warning',
  summary: 'The lowest level of a network is one pixel high or wide.',
  why: 'Of a 3×3 kernel on one pixel only the middle meets anything but padding: the other eight of nine weights get no gradient, in the level that has the most of them. They are counted, stored and decayed, and never learn.',
  source: 'padded convolutions; Ronneberger et al., U-Net, MICCAI 2015',
  bad: 'experiment a extends base { labels: mean  crop: 8 x 8  predict: sliding  model: unet(depth: 4, width: 16) }',
  good: 'experiment a extends base { labels: mean  crop: 64 x 64  model: unet(depth: 4, width: 16) }',
  message: text`The lowest level has ${'height'} x ${'width'} pixels: ${'share'} % of its ${'weights'} weights meet only padding and never learn.`,
  help: text`Take ${'fewer'} levels or fewer, or a larger \`crop\`.`,
  check({ experiment }) {
    const { model } = experiment;
    const [levels, sides] = [levelsOf(experiment), inputSizeOf(experiment)];
    if (levels === undefined || levels < 2 || !sides) return [];
    const lowest = sides.map((side) => side / 2 ** (levels - 1));
    if (!lowest.includes(1) || lowest.some((side) => side < 1)) return [];
    const met = lowest.map((side) => Math.min(kernel, 2 * side - 1) / kernel).reduce((a, b) => a * b);
    const channels = Number(model.options.width) * 2 ** (levels - 1);
    // The first convolution comes from half as many channels.
    const weights = kernel * kernel * (channels / 2 + channels) * channels;
    const values = {
      height: String(lowest[0]),
      width: String(lowest[1]),
      share: percent(1 - met),
      weights: weights.toLocaleString('en-US'),
      fewer: String(levels - 1),
    };
    return [{ span: model.span, values }];
  },
});
