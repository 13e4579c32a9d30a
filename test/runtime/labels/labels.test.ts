import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GraphBuilder, type Value } from '../../../compiler/graph/builder.ts';
import { evaluateValues, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { average } from '../../../runtime/labels/average.ts';
import { majority } from '../../../runtime/labels/majority.ts';
import { smooth } from '../../../runtime/labels/smooth.ts';
import { oracle } from '../../support/oracle.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

function apply(
  step: (labels: Value) => Value,
  shape: readonly number[],
  data: ArrayLike<number>,
): Float64Array {
  const output = step(new GraphBuilder().input('labels', shape));
  return evaluateValues([output], { labels: tensor(shape, data) })[0]!.data;
}

/** [rater, class, pixel] from class indices [rater][pixel]. */
function oneHot(labels: readonly (readonly number[])[], classes: number): number[] {
  return labels.flatMap((row) =>
    Array.from({ length: classes }, (_, c) => row.map((label) => Number(label === c))).flat(),
  );
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
    const rows = Array.from({ length: count }, (_, r) =>
      record.raters.data.slice(r * pixels, (r + 1) * pixels),
    );
    const shape = [count, 2, pixels];
    const voted = apply(majority, shape, oneHot(rows, 2));
    expect([...voted.slice(pixels)]).toEqual(record.majority);
    expect([...voted.slice(0, pixels)]).toEqual(record.majority.map((y) => 1 - y));
    const mean = apply(average, shape, oneHot(rows, 2));
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
  const labels = record.label.data.map((label) => (label === record.ignore_index ? 0 : label));
  const pixels = labels.length;
  const out = apply((y) => smooth(y, record), [record.classes, pixels], oneHot([labels], record.classes));
  for (const [i, label] of record.label.data.entries())
    for (let c = 0; c < record.classes && label !== record.ignore_index; c++)
      expect(
        Math.abs(out[c * pixels + i]! - record.smoothed.data[i * record.classes + c]!),
      ).toBeLessThanOrEqual(1e-12);
});

test('a tie, and a pixel without a majority, are background', () => {
  const tie = apply(majority, [2, 2, 1], oneHot([[0], [1]], 2));
  expect([...tie]).toEqual([1, 0]);
  const three = apply(majority, [3, 4, 1], oneHot([[1], [2], [3]], 4));
  expect([...three]).toEqual([1, 0, 0, 0]);
  const won = apply(majority, [3, 4, 1], oneHot([[2], [2], [3]], 4));
  expect([...won]).toEqual([0, 0, 1, 0]);
});

test('an average of hard labels is k/R exactly, whatever the raters', () => {
  for (let count = 1; count <= 12; count++)
    for (let k = 0; k <= count; k++) {
      const rows = Array.from({ length: count }, (_, r) => [Number(r < k)]);
      expect(apply(average, [count, 2, 1], oneHot(rows, 2))[1]).toBe(k / count);
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
      const shape = [rows.length, classes, 3];
      const hot = oneHot(rows, classes);
      const mean = apply(average, shape, hot);
      const outputs = [
        mean,
        apply(majority, shape, hot),
        apply((y) => smooth(average(y), { epsilon }), shape, hot),
      ];
      for (const out of outputs)
        for (let i = 0; i < 3; i++) {
          let sum = 0;
          for (let c = 0; c < classes; c++) sum += out[c * 3 + i]!;
          expect(sum).toBeCloseTo(1, 12);
        }
      expect(apply((y) => smooth(average(y), { epsilon: 0 }), shape, hot)).toEqual(mean);
    }),
    { numRuns: 50 },
  );
});
