import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

/** Fewer values than this give a variance that is mostly noise: its relative error is √(2 / n). */
const enough = 32;

export const batchNormOfFew = rule({
  code: 'DML3206',
  name: 'batch-norm-of-few',
  level: 'warning',
  summary: 'Batch norm takes its statistics over very few values.',
  why: 'The statistics of a channel come from batch × height × width values. The relative error of a variance of n values is about √(2 / n): 50 % at 8. Prediction then uses running statistics that no training step saw.',
  source: 'Ioffe and Szegedy, Batch Normalization, ICML 2015; Wu and He, Group Normalization, ECCV 2018',
  bad: 'experiment a extends base { labels: mean  crop: 16 x 16  predict: sliding  model: unet(depth: 4, norm: batch)  batch: 4 }',
  good: 'experiment a extends base { labels: mean  crop: 64 x 64  model: unet(depth: 4, norm: batch)  batch: 8 }',
  message: text`At its lowest level the network normalises over ${'values'} values a channel, whose variance is uncertain by ${'error'} %.`,
  help: text`Take a larger \`batch\` or \`crop\`, fewer levels, or \`norm: none\`.`,
  check({ experiment: { model, crop, batch } }) {
    const { depth, norm } = model.options;
    if (norm !== 'batch' || typeof depth !== 'number' || crop === 'whole') return [];
    const [height, width] = crop.map((side) => side / 2 ** (depth - 1)) as [number, number];
    const values = batch * height * width;
    if (values >= enough) return [];
    const error = String(Math.round(100 * Math.sqrt(2 / values)));
    return [{ span: model.span, values: { values: String(values), error } }];
  },
});
