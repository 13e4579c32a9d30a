import { expect, test } from 'vitest';
import type { Sample } from '../../../runtime/data/prepared.ts';
import { random } from '../../../runtime/random.ts';
import { scale } from '../../../runtime/transforms/scale.ts';

const row = (...values: readonly number[]) => Float32Array.from(values);
/** One row of four pixels; the first target is soft, the second hard. */
const sample: Sample = {
  height: 1,
  width: 4,
  channels: 1,
  image: row(0, 1, 2, 3),
  labels: [row(1, 0.5, 0, 0, 0, 0.5, 1, 1), row(1, 1, 0, 0, 0, 0, 1, 1)],
  soft: [true, false],
  keep: row(1, 1, 1, 0),
};
const exactly = (factor: number) => ({ factor: { low: factor, high: factor } });

test('twice as large: images and soft labels are interpolated, hard labels and ignored pixels are not', () => {
  const { height, width, image, labels, keep } = scale(sample, random('scale'), exactly(2));
  expect([height, width]).toEqual([2, 8]);
  expect([...image.subarray(0, 8)]).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]);
  expect([...image.subarray(8)]).toEqual([...image.subarray(0, 8)]);
  expect([...labels[0]!.subarray(0, 8)]).toEqual([1, 0.875, 0.625, 0.375, 0.125, 0, 0, 0]);
  expect([...labels[1]!.subarray(0, 8)]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  expect([...keep.subarray(0, 8)]).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
});

test('half as large keeps labels distributions over the classes, and no image vanishes', () => {
  const { width, labels } = scale(sample, random('scale'), exactly(0.5));
  expect(width).toBe(2);
  for (const target of labels) for (const i of [0, 1]) expect(target[i]! + target[i + 2]!).toBe(1);
  expect(scale(sample, random('scale'), exactly(0.01))).toMatchObject({ height: 1, width: 1 });
});

test('a factor of 1 changes nothing', () => {
  expect(scale(sample, random('scale'), exactly(1))).toEqual(sample);
});

test('factors are uniform over the range', () => {
  const stream = random('uniform');
  const long: Sample = {
    ...sample,
    width: 1000,
    image: new Float32Array(1000),
    labels: [],
    soft: [],
    keep: new Float32Array(1000),
  };
  const factors = Array.from({ length: 400 }, () => scale(long, stream).width / 1000);
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...factors)).toBeLessThanOrEqual(2);
  const quarters = [0, 1, 2, 3].map((q) => factors.filter((f) => Math.floor((f - 0.5) / 0.375) === q).length);
  for (const count of quarters) expect(count).toBeGreaterThan(70);
});

test('a range that reaches 0 is refused', () => {
  expect(() => scale(sample, random('scale'), { factor: { low: 0, high: 1 } })).toThrow(
    /shrink an image to nothing/,
  );
});
