import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const classWithoutWeight = rule({
  code: 'DML3122',
  name: 'class-without-weight',
  level: 'warning',
  summary: 'A loss gives a class the weight 0.',
  why: 'The loss of this class is multiplied by 0 and the mean is not renormalised: the class gives no gradient of its own, and the others count as if it were perfect.',
  source: 'official code of the Dice semimetric losses, class weights',
  bad: 'experiment a extends base { labels: mean  loss: dml1(weights: [0, 1]) }',
  good: 'experiment a extends base { labels: mean  loss: dml1(weights: [0.5, 1]) }',
  message: text`\`${'loss'}\` does not see ${'names'}, and its mean is still taken over ${'classes'} classes: at most ${'highest'} instead of 1.`,
  help: text`Give the class a weight, or put its pixels out of the count with \`ignore\`.`,
  check({ experiment: { loss, data } }) {
    return loss.flatMap(({ loss: { name, options, span } }) => {
      const { weights } = options;
      if (!isNumbers(weights) || weights.every((weight) => weight > 0)) return [];
      const names = data.classes.filter((_, i) => weights[i] === 0).map((one) => `\`${one.name}\``);
      const highest = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
      const values = {
        loss: name,
        names: names.join(', '),
        classes: String(weights.length),
        highest: String(Number(highest.toPrecision(3))),
      };
      return [{ span, values }];
    });
  },
});

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');
