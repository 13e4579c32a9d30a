import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temperature } from '../../../runtime/labels/temperature.ts';
import { labelContext } from '../../support/labels.ts';

const softmax = (logits: readonly number[]) => {
  const exps = logits.map((z) => Math.exp(z - Math.max(...logits)));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / sum);
};
const three = labelContext({ classes: 3 });

test('scaled probabilities are the softmax of the scaled logits', () => {
  const logit = fc.double({ min: -20, max: 20, noNaN: true });
  const T = fc.double({ min: 0.25, max: 20, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(logit, logit, logit), T, (logits, T) => {
      const scaled = temperature(Float64Array.from(softmax(logits)), three, { T });
      for (const [c, p] of softmax(logits.map((z) => z / T)).entries()) expect(scaled[c]).toBeCloseTo(p, 10);
    }),
    { numRuns: 50 },
  );
});

test('a probability of 0 stays 0, one of 1 stays 1, a row of zeros stays one', () => {
  for (const T of [1e-300, 0.1, 1, 10, 1e300]) {
    expect([...temperature(Float64Array.of(0, 1, 0), three, { T })]).toEqual([0, 1, 0]);
    expect([...temperature(Float64Array.of(0, 0, 0), three, { T })]).toEqual([0, 0, 0]);
  }
});

test('what is to be fitted must have become a number', () => {
  expect(() => temperature(Float64Array.of(0, 1, 0), three, { T: 'fitted' })).toThrow('T is fitted');
});
