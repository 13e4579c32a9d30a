import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliding } from '../../../runtime/prediction/sliding.ts';

test('an image of the size of a window is one window, a smaller one is put in its middle', () => {
  expect(sliding([8, 8], [8, 8])).toEqual({ corners: [{ top: 0, left: 0 }] });
  expect(sliding([4, 5], [8, 8])).toEqual({ corners: [{ top: -2, left: -1 }] });
});

test('windows go on by two thirds, and the last one ends with the image', () => {
  expect(sliding([9, 20], [9, 9]).corners.map(({ left }) => left)).toEqual([0, 6, 11]);
  expect(sliding([21, 4], [9, 9]).corners).toEqual([0, 6, 12].map((top) => ({ top, left: -2 })));
});

test('a stride of a third is a third of the pixels, also with the 15 digits that the language keeps of what is computed', () => {
  const { corners } = sliding([9, 15], [9, 9], { stride: 0.333333333333333 });
  expect(corners.map(({ left }) => left)).toEqual([0, 3, 6]);
});

test('a stride below a pixel is one', () => {
  expect(sliding([2, 4], [2, 2], { stride: 0.01 }).corners.map(({ left }) => left)).toEqual([0, 1, 2]);
});

test('windows cover every pixel and stay inside where the image is larger', () => {
  const side = fc.integer({ min: 1, max: 40 });
  const stride = fc.double({ min: 0.1, max: 1, noNaN: true });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 20 }), stride, (height, width, window, by) => {
      const covered = new Set<number>();
      for (const { top, left } of sliding([height, width], [window, window], { stride: by }).corners) {
        if (height >= window) expect(top).toBeLessThanOrEqual(height - window);
        if (width >= window) expect(left).toBeLessThanOrEqual(width - window);
        for (let row = Math.max(0, top); row < Math.min(height, top + window); row++)
          for (let column = Math.max(0, left); column < Math.min(width, left + window); column++)
            covered.add(row * width + column);
      }
      expect(covered.size).toBe(height * width);
    }),
    { numRuns: 40 },
  );
});

test('a Gaussian counts the middle most, and a side eighth away from it as e to the minus a half', () => {
  const { weights } = sliding([16, 16], [17, 9], { blend: 'gaussian' });
  expect(weights).toHaveLength(17 * 9);
  const at = (row: number, column: number) => weights![row * 9 + column]!;
  expect(at(8, 4)).toBe(1);
  expect(at(8 + 1, 4)).toBeCloseTo(Math.exp(-((8 / 17) ** 2) / 2), 12);
  expect(at(8, 4 - 2)).toBeCloseTo(Math.exp(-((16 / 9) ** 2) / 2), 12);
  expect(Math.min(...weights!)).toBeGreaterThan(0);
});
