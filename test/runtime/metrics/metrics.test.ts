import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bdice } from '../../../runtime/metrics/bdice.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { ece } from '../../../runtime/metrics/ece.ts';
import { extreme } from '../../../runtime/metrics/extreme.ts';
import { binary, labelled, scoreOf } from '../../support/scored.ts';

test('dice is 1 where the foreground is on neither side, and 0 where it is on one', () => {
  expect(scoreOf(dice(), binary([0.1, 0.2], [0, 0]))).toBe(1);
  expect(scoreOf(dice(), binary([0.1, 0.9], [0, 0]))).toBe(0);
  expect(scoreOf(dice(), binary([0.1, 0.2], [0, 1]))).toBe(0);
});

test('dice of several classes is the mean over the foreground classes', () => {
  const scored = labelled(3, [0, 1, 1, 2], [0, 1, 2, 2]);
  expect(scoreOf(dice(), scored)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
});

test('a probability of exactly one half is background, the lower class', () => {
  expect(scoreOf(dice(), binary([0.5], [1]))).toBe(0);
});

test('pixels that are not kept change no metric', () => {
  const scored = binary([0.2, 0.9, 0.7], [0, 1, 0.5], { keep: [1, 1, 0] });
  const without = binary([0.2, 0.9], [0, 1]);
  for (const metric of [dice(), bdice(), ece()])
    expect(scoreOf<unknown>(metric, scored)).toBe(scoreOf<unknown>(metric, without));
  expect(scoreOf(extreme({ where: 'all' }), scored)).toBe(scoreOf(extreme({ where: 'all' }), without));
});

test('bdice of a prediction equal to its soft truth is 1', () => {
  const soft = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(soft, (y) => scoreOf(bdice(), binary(y, y)) === 1));
});

test('bdice counts a value that equals a level: 3 raters of 10 are at 0.3', () => {
  expect(scoreOf(bdice(), binary([0.3], [3 / 10]))).toBe(1);
  // Below 0.3 by one bit, the prediction is empty at the third level alone.
  expect(scoreOf(bdice(), binary([0.3 - 2 ** -54], [3 / 10]))).toBeCloseTo(8 / 9, 12);
});

test('ece on a soft truth is 0 where the prediction is the truth', () => {
  const soft = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(soft, (y) => scoreOf(ece(), binary(y, y))! < 1e-12));
});

test('ece puts a confidence that equals an edge into the upper bin, and 1 into the last', () => {
  // Both in the bin [0.6, 0.7): their gaps cancel. In bins of their own they would not.
  expect(scoreOf(ece(), binary([0.6, 0.65], [1, 0]))).toBeCloseTo(Math.abs(0.4 - 0.65) / 2, 12);
  // 0.6 · 5 rounds to 3, so does 0.6 / 0.2: the edge 3/5 decides.
  expect(scoreOf(ece({ bins: 5 }), binary([0.6, 0.59], [1, 0]))).toBeCloseTo((0.4 + 0.59) / 2, 12);
  expect(scoreOf(ece(), binary([1], [1]))).toBe(0);
});

test('ece of a case without pixels has no value', () => {
  expect(scoreOf(ece(), binary([0.6], [1], { keep: [0] }))).toBeUndefined();
});

test('extreme counts, where raters disagree, what lies strictly beyond its levels', () => {
  // Two raters, who differ at the three pixels in the middle.
  const first = [1, 1, 1, 1, 0];
  const second = [1, 0, 0, 0, 0];
  const rows = (mask: readonly number[]) => [...mask.map((y) => 1 - y), ...mask];
  const scored = binary([0.01, 0.04, 0.05, 0.95, 0.99], [0, 0, 0, 0, 0], {
    raters: [...rows(first), ...rows(second)],
  });
  expect(scoreOf(extreme(), scored)).toBe(1 / 3);
  expect(scoreOf(extreme({ where: 'all' }), scored)).toBe(3 / 5);
  expect(scoreOf(extreme({ low: 0.02, high: 0.9 }), scored)).toBe(1 / 3);
});

test('extreme has no value where nobody disagrees, and such a case leaves the mean', () => {
  const [agreed, disputed] = [
    binary([0.01], [0]),
    binary([0.01, 0.5], [0, 0], { raters: [1, 1, 0, 0, 0, 0, 1, 1] }),
  ];
  expect(scoreOf(extreme(), agreed)).toBeUndefined();
  expect(scoreOf(extreme(), agreed, disputed)).toBe(0.5);
});
