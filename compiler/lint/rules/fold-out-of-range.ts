import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { foldsOf } from '../runs.ts';

export const foldOutOfRange = rule({
  code: 'DML3221',
  name: 'fold-out-of-range',
  level: 'error',
  summary: 'A fold is asked for that the data set does not have.',
  why: 'Folds count from 0: five of them are 0 to 4, and a holdout is the fold 0 alone. The run would end after the data were read.',
  source: 'language, `fold`',
  bad: 'dataset four extends shapes { folds: contiguous(4) } experiment a extends base { data: four  labels: mean  fold: 4 }',
  good: 'dataset four extends shapes { folds: contiguous(4) } experiment a extends base { data: four  labels: mean  fold: 3 }',
  message: text`There is no fold ${'fold'}: \`${'folds'}\` makes ${'count'}, counted from 0.`,
  help: text`Choose from 0 to ${'last'}, or \`all\`.`,
  check({ experiment: { fold, data, span } }) {
    const count = foldsOf(data);
    if (count === undefined || typeof fold === 'string') return [];
    const wrong = fold.find((number) => number >= count);
    if (wrong === undefined) return [];
    const values = {
      fold: String(wrong),
      folds: data.folds.name,
      count: String(count),
      last: String(count - 1),
    };
    return [{ span, values, related: [{ span: data.folds.span, message: 'the folds' }] }];
  },
});
