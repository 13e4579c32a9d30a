import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { GraphBuilder, type Value } from '../../../compiler/graph/builder.ts';
import { evaluateValues, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { evaluators } from '../../support/evaluators.ts';
import { similarities } from '../../support/loss-formulas.ts';
import { sampledWith, samples, share } from '../../support/loss-samples.ts';
import { mixOf } from '../../support/losses.ts';
import { difference } from '../../support/stored-tensor.ts';

/** Logits far enough from each other that no probability ties with a label. */
const logit = fc.integer({ min: -300, max: 300 }).map((n) => n / 100);
const names = Object.keys(similarities);
const drawn = fc.sample(sampledWith(samples({ prediction: logit, label: share })), { seed: 7, numRuns: 48 });

/** Losses under options drawn at random, as one graph, with what the reference makes of them. */
const builder = new GraphBuilder();
const cases = drawn.map(([{ shape, x, y, keep, soft }, options], i) => {
  const loss = names[i % names.length]!;
  const own = loss === 'tversky' ? { fp: 0.3, fn: 0.7 } : {};
  const mix = mixOf([{ loss, options: { ...options, ...own }, soft }], shape, 'logits', {
    builder,
    prefix: `${i}.`,
  });
  const [dx] = gradients(mix.value, [mix.input('x')]);
  const feeds = {
    [`${i}.x`]: tensor(shape, x),
    [`${i}.labels`]: tensor(shape, y),
    [`${i}.keep`]: tensor([1, ...shape.slice(1)], keep),
  };
  const [value, gradient] = evaluateValues([mix.value, dx!], feeds);
  const title = `${loss} of [${shape}]${soft ? ', soft' : ''}, ${JSON.stringify(options)}`;
  return {
    i,
    title,
    feeds,
    values: { [`${i}.value`]: mix.value, [`${i}.dx`]: dx! } as Record<string, Value>,
    value: value!.data[0]!,
    gradient: gradient!.data,
  };
});

describe.each(evaluators.filter(({ name }) => name !== 'reference'))('on $name', (evaluator) => {
  describe.skipIf(evaluator.missing)(`losses under any options${evaluator.missing ?? ''}`, () => {
    let results: Readonly<Record<string, ArrayLike<number>>>;
    beforeAll(async () => {
      results = await evaluator.evaluate(
        Object.assign({}, ...cases.map(({ values }) => values)),
        Object.assign({}, ...cases.map(({ feeds }) => feeds)),
      );
    });

    test.each(cases)('$title', ({ i, value, gradient }) => {
      const { tolerance } = evaluator;
      const found = results[`${i}.value`]![0]!;
      expect(Math.abs(found - value)).toBeLessThanOrEqual(tolerance * Math.max(value, 0.01));
      const { worst, largest } = difference(results[`${i}.dx`]!, gradient);
      expect(worst).toBeLessThanOrEqual(tolerance * Math.max(largest, 0.01));
    });
  });
});
