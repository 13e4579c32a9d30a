import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';
import { trainingSteps } from '../sources.ts';

export const keysAbovePixels = rule({
  code: 'DML3144',
  name: 'keys-above-pixels',
  level: 'warning',
  summary: 'A KDE asks for more keys than the image has pixels.',
  why: 'Keys are pixels of the image, none twice. Where all of them are keys, `balanced` sampling balances nothing: a class of 5 % of the pixels is 5 % of the keys, and each pixel is compared with every other, which is 17 million kernels at 64 x 64.',
  source: 'reference of `kde`, `keys` and `sampling`',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(keys: 10000) }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde(keys: 1000) }',
  message: text`${'keys'} keys are asked of images with ${'pixels'} pixels: all of them are keys, and the sampling chooses nothing.`,
  help: text`Usual are 1,000.`,
  check({ experiment }) {
    const image = imageSizeOf(experiment);
    if (!image) return [];
    const pixels = image[0] * image[1];
    return trainingSteps(experiment).flatMap(({ name, options: { keys }, span }) =>
      name === 'kde' && typeof keys === 'number' && keys > pixels
        ? [{ span, values: { keys: keys.toLocaleString('en-US'), pixels: pixels.toLocaleString('en-US') } }]
        : [],
    );
  },
});
