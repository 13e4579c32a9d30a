import fc from 'fast-check';
import { expect, test } from 'vitest';
import { average } from '../../../runtime/labels/average.ts';
import { harden } from '../../../runtime/labels/harden.ts';
import { majority } from '../../../runtime/labels/majority.ts';
import { smooth } from '../../../runtime/labels/smooth.ts';
import { classOf, labelContext, oneHot } from '../../support/labels.ts';
import { oracle } from '../../support/oracle.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const raters = oracle<{
  cases: readonly {
    about: string;
    raters: Tensor;
    majority: readonly number[];
    uniform: readonly number[];
  }[];
}>('raters');

test.skipIf(!raters).each(raters?.cases ?? [])(
  'majority and average equal the reference: $about',
  (record) => {
    const [count, height, width] = record.raters.shape as [number, number, number];
    const pixels = height * width;
    const masks = Array.from({ length: count }, (_, r) =>
      oneHot(record.raters.data.slice(r * pixels, (r + 1) * pixels)),
    );
    const voted = majority(masks, labelContext());
    expect(classOf(voted, 1)).toEqual(record.majority);
    expect(classOf(voted, 0)).toEqual(record.majority.map((y) => 1 - y));
    const mean = average(masks, labelContext());
    for (let i = 0; i < pixels; i++) {
      expect(Math.abs(mean[pixels + i]! - record.uniform[i]!)).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(mean[i]! - (1 - record.uniform[i]!))).toBeLessThanOrEqual(1e-12);
    }
  },
);

const smoothing = oracle<{
  cases: readonly {
    kind: string;
    about: string;
    classes: number;
    epsilon: number;
    ignore_index: number;
    label: Tensor;
    smoothed: Tensor;
  }[];
}>('label_smoothing');
const plain = smoothing?.cases.filter(({ kind }) => kind === 'plain') ?? [];

test.skipIf(!smoothing).each(plain)('smooth equals the reference: $about', (record) => {
  const { classes, label, smoothed } = record;
  const pixels = label.data.length;
  const out = smooth(oneHot(label.data, classes), labelContext({ classes }), record);
  for (const [i, value] of label.data.entries())
    for (let c = 0; c < classes && value !== record.ignore_index; c++)
      expect(Math.abs(out[c * pixels + i]! - smoothed.data[i * classes + c]!)).toBeLessThanOrEqual(1e-12);
});

test('a tie, and a pixel without a majority, are background', () => {
  const voted = (rows: readonly number[], classes: number) => [
    ...majority(
      rows.map((row) => oneHot([row], classes)),
      labelContext({ classes }),
    ),
  ];
  expect(voted([0, 1], 2)).toEqual([1, 0]);
  expect(voted([1, 2, 3], 4)).toEqual([1, 0, 0, 0]);
  expect(voted([2, 2, 3], 4)).toEqual([0, 0, 1, 0]);
});

test('a majority of soft masks needs more than half of all shares', () => {
  const shares = (...foreground: readonly number[]) =>
    majority(
      foreground.map((y) => Float64Array.of(1 - y, y)),
      labelContext(),
    )[1];
  expect(shares(0.5)).toBe(0);
  expect(shares(0.75)).toBe(1);
  expect(shares(0.75, 0.25)).toBe(0);
  expect(shares(1, 0.25, 0.5)).toBe(1);
});

test('the hard label is the most likely class, and the lower one of two that are equally likely', () => {
  const hard = harden(Float64Array.of(0.2, 0.5, 0.4, 0.5, 0.4, 0), labelContext({ classes: 3 }));
  expect([...hard]).toEqual([0, 1, 1, 0, 0, 0]);
});

test('an average of hard labels is k/R exactly, whatever the raters', () => {
  for (let count = 1; count <= 12; count++)
    for (let k = 0; k <= count; k++) {
      const masks = Array.from({ length: count }, (_, r) => oneHot([Number(r < k)]));
      expect(average(masks, labelContext())[1]).toBe(k / count);
    }
});

test('every step keeps labels distributions, and smoothing by 0 keeps them as they are', () => {
  const cases = fc.integer({ min: 2, max: 4 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      rows: fc.array(fc.array(fc.nat({ max: classes - 1 }), { minLength: 3, maxLength: 3 }), {
        minLength: 1,
        maxLength: 7,
      }),
      epsilon: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ classes, rows, epsilon }) => {
      const context = labelContext({ classes });
      const masks = rows.map((row) => oneHot(row, classes));
      const mean = average(masks, labelContext());
      for (const out of [mean, majority(masks, context), smooth(mean, context, { epsilon })])
        for (let i = 0; i < 3; i++) {
          let sum = 0;
          for (let c = 0; c < classes; c++) sum += out[c * 3 + i]!;
          expect(sum).toBeCloseTo(1, 12);
        }
      expect(smooth(mean, context, { epsilon: 0 })).toEqual(mean);
    }),
    { numRuns: 50 },
  );
});
