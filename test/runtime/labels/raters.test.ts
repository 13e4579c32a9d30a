import { expect, test } from 'vitest';
import { average } from '../../../runtime/labels/average.ts';
import { diceWithMajority } from '../../../runtime/labels/dice-with-majority.ts';
import { one } from '../../../runtime/labels/one.ts';
import { random } from '../../../runtime/labels/random.ts';
import { random as randomNumbers } from '../../../runtime/random.ts';
import { classOf, labelContext, oneHot } from '../../support/labels.ts';
import { oracle } from '../../support/oracle.ts';

const reference = oracle<{
  cases: readonly {
    about: string;
    raters: { readonly shape: readonly number[]; readonly data: readonly number[] };
    dice_with_majority: readonly number[];
    weights: readonly number[];
    weighted: readonly number[];
  }[];
}>('raters');

test.skipIf(!reference).each(reference?.cases ?? [])('Dice weights equal the reference: $about', (record) => {
  const [count, height, width] = record.raters.shape as [number, number, number];
  const pixels = height * width;
  const masks = Array.from({ length: count }, (_, r) =>
    oneHot(record.raters.data.slice(r * pixels, (r + 1) * pixels)),
  );
  const context = labelContext({ height, width });
  const scores = diceWithMajority(masks, context);
  for (const [r, score] of scores.entries())
    expect(Math.abs(score - record.dice_with_majority[r]!)).toBeLessThanOrEqual(1e-12);
  for (const weights of ['dice', record.weights] as const) {
    const mean = average(masks, context, { weights });
    for (let i = 0; i < pixels; i++) {
      expect(Math.abs(mean[pixels + i]! - record.weighted[i]!)).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(mean[i]! - (1 - record.weighted[i]!))).toBeLessThanOrEqual(1e-12);
    }
  }
});

test('the Dice of several classes is the mean over all but the background, of kept pixels', () => {
  // Class 1: three masks agree on a pixel that counts. Class 2: two of them; the third has it where nothing counts.
  const masks = [oneHot([1, 2, 0, 0], 3), oneHot([1, 2, 0, 0], 3), oneHot([1, 0, 0, 2], 3)];
  const context = labelContext({ classes: 3, width: 4, keep: [1, 1, 1, 0] });
  expect(diceWithMajority(masks, context)).toEqual([1, 1, 0.5]);
});

test('given weights count by their ratio, and one of 0 leaves a rater out', () => {
  const masks = [oneHot([1, 1]), oneHot([0, 1]), oneHot([1, 0])];
  const weighted = (weights: readonly number[]) =>
    classOf(average(masks, labelContext({ width: 2 }), { weights }), 1);
  expect(weighted([1, 1, 2])).toEqual([0.75, 0.5]);
  expect(weighted([0.25, 0.25, 0.5])).toEqual([0.75, 0.5]);
  expect(weighted([0, 1, 0])).toEqual([0, 1]);
});

test('weights that are no weights of these raters are refused', () => {
  const masks = [oneHot([1]), oneHot([0])];
  const weighted = (weights: readonly number[]) => average(masks, labelContext(), { weights });
  expect(() => weighted([1])).toThrow('1 weights are given, and the case has 2 raters');
  expect(() => weighted([0, 0])).toThrow('the weights are [0, 0]');
  expect(() => weighted([2, -1])).toThrow('the weights are [2, -1]');
});

test('raters count from 1, and one who is not there is named', () => {
  const masks = [oneHot([1]), oneHot([0])];
  expect(one(masks, labelContext(), { rater: 2 })).toEqual(masks[1]);
  expect(() => one(masks, labelContext(), { rater: 3 })).toThrow('no rater 3, the case has 2');
});

test('over many epochs each rater is drawn as often as the others', () => {
  const masks = [oneHot([0]), oneHot([1]), oneHot([0])];
  const counts = masks.map(() => 0);
  for (let epoch = 0; epoch < 3000; epoch++)
    counts[masks.indexOf(random(masks, labelContext({ random: randomNumbers(epoch) })))]! += 1;
  // Four standard deviations of a binomial of 3000 and 1/3.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(3000 * (2 / 9)));
});
