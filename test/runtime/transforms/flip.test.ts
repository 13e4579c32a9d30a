import { expect, test } from 'vitest';
import type { Sample } from '../../../runtime/data/prepared.ts';
import { random } from '../../../runtime/random.ts';
import { flip } from '../../../runtime/transforms/flip.ts';

const sample: Sample = {
  height: 2,
  width: 3,
  channels: 2,
  image: Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60),
  labels: [Float32Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16)],
  soft: [true],
  keep: Float32Array.of(1, 1, 0, 1, 1, 1),
};

/** Draws until the flip is done. */
function flipped(direction: 'horizontal' | 'vertical'): Sample {
  const stream = random('flip', direction);
  for (;;) {
    const changed = flip(sample, stream, { direction });
    if (changed !== sample) return changed;
  }
}

test('a horizontal flip swaps left and right of image, labels and kept pixels alike', () => {
  const { image, labels, keep } = flipped('horizontal');
  expect([...image]).toEqual([3, 30, 2, 20, 1, 10, 6, 60, 5, 50, 4, 40]);
  expect([...labels[0]!]).toEqual([3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14]);
  expect([...keep]).toEqual([0, 1, 1, 1, 1, 1]);
});

test('a vertical flip swaps top and bottom', () => {
  const { image, labels } = flipped('vertical');
  expect([...image]).toEqual([4, 40, 5, 50, 6, 60, 1, 10, 2, 20, 3, 30]);
  expect([...labels[0]!]).toEqual([4, 5, 6, 1, 2, 3, 14, 15, 16, 11, 12, 13]);
});

test('half of the samples are flipped', () => {
  const stream = random('half');
  const count = Array.from({ length: 1000 }, () => flip(sample, stream)).filter(
    (one) => one !== sample,
  ).length;
  expect(count).toBeGreaterThan(430);
  expect(count).toBeLessThan(570);
});
