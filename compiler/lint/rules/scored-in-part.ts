import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';

export const scoredInPart = rule({
  code: 'DML3318',
  name: 'scored-in-part',
  level: 'warning',
  summary: 'Only the middle of an image is predicted and scored.',
  why: '`center` looks at one window of the size of the crop: of a crop of half the height and width it scores 25 % of the pixels, those in the middle, where the object mostly is. What the network marks by mistake at the border costs nothing.',
  source:
    'official code of the Dice semimetric losses, which crops test images; Isensee et al., nnU-Net, Nature Methods 2021 (sliding windows)',
  bad: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: center }',
  good: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: sliding }',
  message: text`\`center\` predicts a window of ${'crop'} in images of ${'image'}: the scores are those of ${'share'} % of the pixels.`,
  help: text`Write \`predict: sliding\`, which sees whole images.`,
  check({ experiment }) {
    const { crop, predict, span, evaluate } = experiment;
    const image = imageSizeOf(experiment);
    if (crop === 'whole' || !image || evaluate.length === 0) return [];
    const covered = crop.map((side, i) => Math.min(1, side / image[i]!));
    if (!predict.some(({ name }) => name === 'center') || covered.every((one) => one === 1)) return [];
    const share = covered.reduce((product, one) => product * one, 1);
    return [{ span, values: { crop: crop.join(' x '), image: image.join(' x '), share: percent(share) } }];
  },
});
