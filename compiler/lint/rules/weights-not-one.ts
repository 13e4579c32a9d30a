import { text } from '../../../grammar/diagnostic.ts';
import { tidy } from '../../check/numbers.ts';
import { rule } from '../rule.ts';

export const weightsNotOne = rule({
  code: 'DML3110',
  name: 'weights-not-one',
  level: 'warning',
  summary: 'The weights of a mix do not add up to 1.',
  why: 'The sum multiplies the learning rate: `ce + dml1` takes steps twice as long as `0.5 ce + 0.5 dml1`, so two mixes cannot be compared at one rate. Often a weight was lost while editing.',
  source: 'gradient of a weighted sum',
  bad: 'experiment a extends base { labels: mean  loss: 0.25 ce + dml1 }',
  good: 'experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 dml1 }',
  message: text`The weights of the loss add up to ${'sum'}, so every step is ${'sum'} times as long as the rate says.`,
  help: text`Divided by their sum the weights are ${'weights'}.`,
  check({ experiment: { loss } }) {
    const sum = tidy(loss.reduce((total, { weight }) => total + weight, 0));
    if (loss.length < 2 || Math.abs(sum - 1) < 1e-6) return [];
    const weights = loss.map(({ weight }) => Number((weight / sum).toPrecision(4))).join(', ');
    return [{ span: loss[0]!.span, values: { sum: String(sum), weights } }];
  },
});
