import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

/** Of the pixels that a loss sums over, from which on it is smaller than it looks. */
const large = 0.1;

export const smoothingHidesClass = rule({
  code: 'DML3123',
  name: 'smoothing-hides-class',
  level: 'warning',
  summary: 'The smoothing constant of an overlap loss is as large as the objects.',
  why: '`smooth` counts in pixels, and is added to intersection and size alike. An object of n pixels that is missed altogether costs n / (n + 2s) in Dice, not 1: with s = n only a third.',
  source: 'official code of the Dice semimetric losses; MONAI adds it to the doubled sums instead',
  bad: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: sliding  loss: dml1(smooth: 500) }',
  good: 'experiment a extends base { labels: mean  crop: 32 x 32  predict: sliding  loss: dml1(smooth: 1) }',
  message: text`With \`smooth: ${'smooth'}\` missing an object of ${'size'} pixels, a tenth of the crop, costs ${'cost'} instead of 1.`,
  help: text`Usual are 1e-3 to 1.`,
  check({ experiment: { loss, crop } }) {
    if (crop === 'whole') return [];
    const size = Math.round((crop[0] * crop[1]) / 10);
    return loss.flatMap(({ loss: use }) => {
      const { smooth } = use.options;
      if (typeof smooth !== 'number' || smooth < large * size) return [];
      const cost = (size / (size + 2 * smooth)).toFixed(2);
      const values = { smooth: String(smooth), size: String(size), cost };
      return [{ span: use.span, values, fix: settingOption(use, 'smooth', '1') }];
    });
  },
});
