import { type Fix, text } from '../../../grammar/diagnostic.ts';
import { tidy } from '../../check/numbers.ts';
import type { Term } from '../../experiment.ts';
import { together, weighing } from '../edits.ts';
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
    const shares = loss.map(({ weight }) => Number((weight / sum).toPrecision(4)));
    const values = { sum: String(sum), weights: shares.join(', ') };
    return [{ span: loss[0]!.span, values, fix: completed(loss) ?? divided(loss, shares) }];
  },
});

/** One term without a weight gets what the others leave: `0.25 ce + dml1`. */
function completed(loss: readonly Term[]): Fix | undefined {
  const [only, ...more] = loss.filter(({ weight }) => weight === 1);
  const left = tidy(2 - loss.reduce((total, { weight }) => total + weight, 0));
  if (!only || more.length > 0 || left <= 0) return undefined;
  return together(`Give \`${only.loss.name}\` the weight ${left}`, false, [weighing(only, left)]);
}

const divided = (loss: readonly Term[], shares: readonly number[]): Fix | undefined =>
  together(
    'Divide the weights by their sum',
    false,
    loss.map((term, i) => weighing(term, shares[i]!)),
  );
