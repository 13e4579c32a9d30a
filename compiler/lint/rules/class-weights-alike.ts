import { text } from '../../../grammar/diagnostic.ts';
import { tidy } from '../../check/numbers.ts';
import { rule } from '../rule.ts';

export const classWeightsAlike = rule({
  code: 'DML3132',
  name: 'class-weights-alike',
  level: 'warning',
  summary: 'All classes have the same weight in a loss.',
  why: 'The mean over the classes is not divided by the sum of their weights: `weights: [2, 2]` prefers no class and doubles the loss, so the weight in the mix is twice what is written.',
  source: 'official code of the Dice semimetric losses, class weights',
  bad: 'experiment a extends base { labels: mean  loss: 0.5 ce + 0.5 dml1(weights: [2, 2]) }',
  good: 'experiment a extends base { labels: mean  loss: 0.5 ce + 0.5 dml1(weights: [1, 2]) }',
  message: text`Every class of \`${'loss'}\` has the weight ${'weight'}: it weighs ${'whole'} in the mix, where ${'written'} is written, and no class more than another.`,
  help: text`Leave \`weights\` out, and write ${'whole'} before the term if that was meant.`,
  check({ experiment: { loss } }) {
    return loss.flatMap(({ loss: { name, options, span }, weight: written }) => {
      const { weights } = options;
      if (!Array.isArray(weights)) return [];
      const [first] = weights;
      if (typeof first !== 'number' || first === 0 || weights.some((one) => one !== first)) return [];
      const values = {
        loss: name,
        weight: String(first),
        whole: String(tidy(first * written)),
        written: String(written),
      };
      return [{ span, values }];
    });
  },
});
