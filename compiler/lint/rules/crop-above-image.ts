import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';

export const cropAboveImage = rule({
  code: 'DML3222',
  name: 'crop-above-image',
  level: 'error',
  summary: 'The crop is larger than the images.',
  why: 'A crop is cut out of an image as the data set gives it. One of 96 × 96 from 64 × 64 would be padding for more than half, so the run ends after the data were read.',
  source: 'language, `crop`',
  bad: 'experiment a extends base { labels: mean  crop: 96 x 96 }',
  good: 'experiment a extends base { labels: mean  crop: 48 x 48  predict: sliding }',
  message: text`The crop of ${'crop'} is larger than the images of ${'image'}, which would fill ${'share'} % of it.`,
  help: text`Take a crop within ${'image'}, or images whole: \`crop: whole\`.`,
  check({ experiment }) {
    const { crop, span, data } = experiment;
    const image = imageSizeOf(experiment);
    if (crop === 'whole' || !image || crop.every((side, i) => side <= image[i]!)) return [];
    const share = crop.reduce((product, side, i) => (product * Math.min(side, image[i]!)) / side, 1);
    const values = { crop: crop.join(' x '), image: image.join(' x '), share: percent(share) };
    return [{ span, values, related: [{ span: data.span, message: 'the images' }] }];
  },
});
