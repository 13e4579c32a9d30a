import { expect, test } from 'vitest';
import { extreme } from '../../../runtime/metrics/extreme.ts';
import { binary, scoreOf } from '../../support/scored.ts';

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
