import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Session } from '../../../runtime/engines/engine.ts';
import { predictWhole } from '../../../runtime/trainer/predict-whole.ts';
import { windowsOver } from '../../../runtime/trainer/windows.ts';

test('an image of the size of a window is one window, a smaller one is put in its middle', () => {
  expect(windowsOver([8, 8], [8, 8])).toEqual([{ top: 0, left: 0 }]);
  expect(windowsOver([4, 5], [8, 8])).toEqual([{ top: -2, left: -1 }]);
});

test('windows go on by two thirds, and the last one ends with the image', () => {
  expect(windowsOver([9, 20], [9, 9]).map(({ left }) => left)).toEqual([0, 6, 11]);
  expect(windowsOver([21, 4], [9, 9])).toEqual([0, 6, 12].map((top) => ({ top, left: -2 })));
});

test('windows cover every pixel and stay inside where the image is larger', () => {
  const side = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 20 }), (height, width, window) => {
      const covered = new Set<number>();
      for (const { top, left } of windowsOver([height, width], [window, window])) {
        if (height >= window) expect(top).toBeLessThanOrEqual(height - window);
        if (width >= window) expect(left).toBeLessThanOrEqual(width - window);
        for (let row = Math.max(0, top); row < Math.min(height, top + window); row++)
          for (let column = Math.max(0, left); column < Math.min(width, left + window); column++)
            covered.add(row * width + column);
      }
      expect(covered.size).toBe(height * width);
    }),
    { numRuns: 100 },
  );
});

/** A network whose logits are the image, and beside it the number of the call: what is averaged shows. */
function echo(): Session {
  let calls = 0;
  const unused = () => Promise.reject(new Error('not called'));
  return {
    init: unused,
    write: unused,
    read: unused,
    dispose: unused,
    async call(_, { image }) {
      const count = new Float32Array(image!.length).fill(calls++);
      return { logits: Float32Array.of(...image!, ...count) };
    },
  };
}

test('logits of the whole image are the mean of all windows that cover a pixel', async () => {
  const image = Float32Array.from({ length: 3 * 5 }, (_, i) => i / 7);
  const one = { height: 3, width: 5, channels: 1, classes: 2, image };
  const predictor = { session: echo(), size: [4, 3] as const, heads: ['main'] };
  const { main } = await predictWhole(one, predictor, 'image');
  expect(main!.subarray(0, 15)).toEqual(image);
  // Two windows: columns 0 … 2 and 2 … 4.
  expect([...main!.subarray(15, 20)]).toEqual([0, 0, 0.5, 1, 1]);
});
