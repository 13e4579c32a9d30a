import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const lossOfNothing = rule({
  code: 'DML3143',
  name: 'loss-of-nothing',
  level: 'error',
  summary: 'A Tversky loss weighs neither kind of error.',
  why: 'Without false positives and false negatives 1 − TP / (TP + 0) is 0 for every prediction: there is nothing to learn, and the run ends before its first step.',
  source: 'definition of the Tversky index',
  bad: 'experiment a extends base { labels: mean  loss: tversky(fp: 0, fn: 0) }',
  good: 'experiment a extends base { labels: mean  loss: tversky(fp: 0.5, fn: 0.5) }',
  message: text`\`${'loss'}\` adds up false positives and false negatives with the weights ${'fp'} and ${'fn'}: it is 0 for every prediction.`,
  help: text`Give both a weight above 0; 0.5 and 0.5 are Dice, 1 and 1 Jaccard.`,
  check({ experiment: { loss } }) {
    return loss.flatMap(({ loss: { name, options, span, code } }) =>
      code === undefined && options.fp === 0 && options.fn === 0
        ? [{ span, values: { loss: name, fp: '0', fn: '0' } }]
        : [],
    );
  },
});
