import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';

export const windowsOfWholeImage = rule({
  code: 'DML3320',
  name: 'windows-of-whole-image',
  level: 'warning',
  summary: 'A window slides over an image that it covers.',
  why: 'Windows have the size of the crop. Where that is the size of the image there is one, and `stride` and `blend` decide nothing: a study that reports sliding windows has not had any.',
  source: 'reference of `sliding`',
  bad: 'experiment a extends base { labels: mean  crop: 64 x 64  predict: sliding(stride: 1/2) }',
  good: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: sliding(stride: 1/2) }',
  message: text`A window of ${'window'} covers images of ${'image'}: \`${'step'}\` takes ${'windows'} window.`,
  help: text`Take a smaller \`crop\`, or leave \`${'step'}\` out.`,
  check({ experiment }) {
    const { crop, predict } = experiment;
    const image = imageSizeOf(experiment);
    if (crop === 'whole' || !image || crop.some((side, i) => side < image[i]!)) return [];
    return predict.flatMap(({ name, options: { stride }, span, code }) => {
      if (typeof stride !== 'number' || code !== undefined) return [];
      const values = { window: crop.join(' x '), image: image.join(' x '), step: name, windows: '1' };
      return [{ span, values }];
    });
  },
});
