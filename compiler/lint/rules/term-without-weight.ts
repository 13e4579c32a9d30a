import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const termWithoutWeight = rule({
  code: 'DML3128',
  name: 'term-without-weight',
  level: 'warning',
  summary: 'A term of the loss has the weight 0.',
  why: 'It is computed in every step and changes nothing. Mostly it was switched off to try something, and the file then tells of a mix that was not trained. In a sweep over the weight, 0 is an end of the range and no finding.',
  source: 'gradient of a weighted sum',
  bad: 'experiment a extends base { labels: mean  loss: 0 ce + 1 dml1 }',
  good: 'experiment a extends base { labels: mean  loss: dml1 } experiment b extends a { seed: 0 .. 2 } sweep s of b { let w in [0, 0.5]  loss: w * ce + (1 - w) * dml1 }',
  message: text`\`${'loss'}\` has the weight ${'weight'} of ${'sum'} in all: the gradient does not see it.`,
  help: text`Take it out, or give it a weight.`,
  check({ experiment: { loss }, isArm }) {
    if (isArm) return [];
    const sum = String(Number(loss.reduce((total, { weight }) => total + weight, 0).toPrecision(4)));
    return loss.flatMap(({ loss: { name }, weight, span }) =>
      weight === 0 ? [{ span, values: { loss: name, weight: '0', sum } }] : [],
    );
  },
});
