import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

/** Share of a batch in the running statistics: see `updateRunning`. */
const share = 0.1;

export const batchNormOfOneImage = rule({
  code: 'DML3207',
  name: 'batch-norm-of-one-image',
  level: 'warning',
  summary: 'Batch norm sees one image at a time.',
  why: 'Training then normalises each image by its own mean and deviation, which takes away what makes it bright or busy; prediction normalises all by one running mean, to which the last 10 images give 65 %. The network is used on other values than it was trained on.',
  source: 'Wu and He, Group Normalization, ECCV 2018, figure 1: error over the size of a batch',
  bad: 'experiment a extends base { labels: mean  model: unet(norm: batch) }',
  good: 'experiment a extends base { labels: mean  model: unet(norm: batch)  batch: 8 }',
  message: text`With \`batch: 1\` each image is normalised by itself, and in prediction by statistics of which the last 10 images make ${'share'} %.`,
  help: text`Take a \`batch\` of at least 4, or \`norm: none\`.`,
  check({ experiment: { model, batch } }) {
    if (model.options.norm !== 'batch' || model.code !== undefined || batch > 1) return [];
    const recent = 1 - (1 - share) ** 10;
    return [{ span: model.span, values: { share: String(Math.round(100 * recent)) } }];
  },
});
