import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

/** From so many images on, sums over the batch are near those over the data. */
const enough = 4;

export const tinyBatchSums = rule({
  code: 'DML3124',
  name: 'tiny-batch-sums',
  level: 'warning',
  summary: 'Sums run over a batch of two or three images.',
  why: 'A loss over the batch stands for the score of the whole data set. Over two images it is neither that nor the score of an image: a small object beside a large one hardly counts, and which stands beside which is drawn.',
  source:
    'official FAQ of the Dice semimetric losses: small parts turn the reduction over the data set into that over images',
  bad: 'experiment a extends base { labels: mean  batch: 2  loss: dml1 }',
  good: 'experiment a extends base { labels: mean  batch: 2  loss: dml1(reduction: image) }',
  message: text`\`${'loss'}\` sums over ${'batch'} images: an object of 100 pixels beside one of 10,000 that is right costs ${'cost'} if it is missed, by itself 1.`,
  help: text`Take \`reduction: image\`, or a \`batch\` of at least ${'enough'}.`,
  check({ experiment: { loss, batch } }) {
    if (batch === 1 || batch >= enough) return [];
    const others = 10_000 * (batch - 1);
    const cost = (100 / (100 + 2 * others)).toFixed(3);
    return loss.flatMap(({ loss: use }) => {
      const { name, options, span } = use;
      if (options.reduction !== 'batch') return [];
      const values = { loss: name, batch: String(batch), cost, enough: String(enough) };
      return [{ span, values, fix: settingOption(use, 'reduction', 'image') }];
    });
  },
});
