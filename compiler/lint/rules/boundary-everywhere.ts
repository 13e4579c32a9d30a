import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { imageSizeOf } from '../sizes.ts';
import { trainingSteps } from '../sources.ts';

/** A window that covers more of an image than this has an edge in it nearly everywhere. */
const large = 0.25;

export const boundaryEverywhere = rule({
  code: 'DML3141',
  name: 'boundary-everywhere',
  level: 'warning',
  summary: 'The window of boundary smoothing is as large as the objects.',
  why: 'A pixel is boundary where the window around it holds another class. A window of half the side covers a quarter of the image: whatever lies in the middle is boundary through and through, and nothing stays at 1.',
  source: 'official code of the Dice semimetric losses: windows of 3 pixels',
  bad: 'experiment a extends base { labels: voted |> boundary(kernel: 41) }',
  good: 'experiment a extends base { labels: voted |> boundary(kernel: 3) }',
  message: text`A window of ${'kernel'} x ${'kernel'} covers ${'share'} % of an image of ${'image'}: nearly every pixel of an object has an edge in it.`,
  help: text`Usual are 3 to 7.`,
  check({ experiment }) {
    const image = imageSizeOf(experiment);
    if (!image) return [];
    return trainingSteps(experiment).flatMap(({ name, options: { kernel, epsilon }, span }) => {
      if (name !== 'boundary' || typeof kernel !== 'number' || epsilon === 0) return [];
      const share = image.reduce((product, side) => product * Math.min(1, kernel / side), 1);
      if (share < large) return [];
      return [{ span, values: { kernel: String(kernel), share: percent(share), image: image.join(' x ') } }];
    });
  },
});
