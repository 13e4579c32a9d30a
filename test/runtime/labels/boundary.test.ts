import { expect, test } from 'vitest';
import { boundary } from '../../../runtime/labels/boundary.ts';
import { boundaryPixels } from '../../../runtime/labels/boundary-pixels.ts';
import { labelContext, oneHot } from '../../support/labels.ts';
import { oracle } from '../../support/oracle.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const smoothing = oracle<{
  cases: readonly {
    kind: string;
    about: string;
    classes: number;
    kernel: number;
    epsilon: number;
    ignore_index: number;
    label: Tensor;
    boundary: readonly number[];
    smoothed: Tensor;
  }[];
}>('label_smoothing');
const records = smoothing?.cases.filter(({ kind }) => kind === 'boundary') ?? [];

test.skipIf(!smoothing).each(records)('boundary smoothing equals the reference: $about', (record) => {
  const { classes, kernel, epsilon, label } = record;
  const [images, height, width] = label.shape as [number, number, number];
  const pixels = height * width;
  for (let image = 0; image < images; image++) {
    const own = label.data.slice(image * pixels, (image + 1) * pixels);
    const keep = own.map((value) => Number(value !== record.ignore_index));
    const context = labelContext({ classes, height, width, keep });
    const hard = oneHot(own, classes);
    const edge = boundaryPixels(hard, context, kernel);
    expect([...edge]).toEqual(record.boundary.slice(image * pixels, (image + 1) * pixels));
    const labels = boundary(hard, context, { epsilon, kernel });
    for (let i = 0; i < pixels; i++)
      for (let c = 0; c < classes; c++)
        expect(
          Math.abs(labels[c * pixels + i]! - record.smoothed.data[(image * pixels + i) * classes + c]!),
        ).toBeLessThanOrEqual(1e-12);
  }
});

test('with two classes and the shipped values a foreground pixel at an edge becomes 0.75', () => {
  const labels = boundary(oneHot([0, 0, 1, 1]), labelContext({ width: 4 }));
  expect([...labels]).toEqual([1, 0.75, 0.25, 0, 0, 0.25, 0.75, 1]);
});

test('labels of ignored pixels stay as they are', () => {
  const labels = boundary(oneHot([0, 1, 0, 1, 1]), labelContext({ width: 5, keep: [1, 1, 1, 0, 1] }));
  expect([...labels.subarray(5)]).toEqual([0.25, 0.75, 0, 1, 1]);
});
