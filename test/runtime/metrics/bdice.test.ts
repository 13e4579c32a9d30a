import { expect, test } from 'vitest';
import { bdice } from '../../../runtime/metrics/bdice.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { binary, scoreOf } from '../../support/scored.ts';

test('bdice is the mean over the levels of the Dice of what reaches them', () => {
  // At 1/3 both pixels against one: 2/3; at 2/3 one against one.
  expect(scoreOf(bdice({ levels: 2 }), binary([0.8, 0.4], [0.7, 0.2]))).toBeCloseTo((2 / 3 + 1) / 2, 12);
});

test('bdice counts a value that equals a level: 3 raters of 10 are at 0.3', () => {
  expect(scoreOf(bdice(), binary([0.3], [3 / 10]))).toBe(1);
  // Below 0.3 by one bit, the prediction is empty at the third level alone.
  expect(scoreOf(bdice(), binary([0.3 - 2 ** -54], [3 / 10]))).toBeCloseTo(8 / 9, 12);
});

test('bdice takes predictions as they are given: 0.7 in float32 is below 0.7', () => {
  const single = binary([0.7], [7 / 10], { probabilities: Float32Array.from([0.3, 0.7]) });
  expect(scoreOf(bdice(), single)).toBeCloseTo(8 / 9, 12);
  expect(scoreOf(bdice(), binary([0.1 * 3], [3 / 10]))).toBe(1);
});

test('bdice at one level of one half is the Dice of two classes, but that one half is foreground', () => {
  const scored = binary([0.9, 0.2, 0.6, 0.4], [1, 0, 0, 1]);
  expect(scoreOf(bdice({ levels: 1 }), scored)).toBe(scoreOf(dice(), scored));
  expect(scoreOf(bdice({ levels: 1 }), binary([0.5], [1]))).toBe(1);
});

test('bdice by data adds up the counts of each level over the cases', () => {
  const cases = [binary([1, 1, 1], [1, 1, 1]), binary([1], [0.5])];
  // Up to 0.5 all four pixels are on both sides, above it three of four.
  expect(scoreOf(bdice({ by: 'data' }), ...cases)).toBeCloseTo((5 * 1 + 4 * (6 / 7)) / 9, 12);
  expect(scoreOf(bdice(), ...cases)).toBeCloseTo((1 + 5 / 9) / 2, 12);
});

test('bdice tells each class', () => {
  const metric = bdice({ classes: 'all' });
  expect(metric.classes!([metric.of(binary([1, 0], [1, 1]))])).toEqual([
    { class: 0, value: 0, count: 1, pixels: 0 },
    { class: 1, value: expect.closeTo(2 / 3, 12), count: 1, pixels: 2 },
  ]);
});
