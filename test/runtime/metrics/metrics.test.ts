import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bdice } from '../../../runtime/metrics/bdice.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { ece } from '../../../runtime/metrics/ece.ts';
import { extreme } from '../../../runtime/metrics/extreme.ts';
import type { Metric, ScoredCase } from '../../../runtime/metrics/metric.ts';
import { oracle } from '../../support/oracle.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Oracle {
  readonly cases: readonly {
    readonly about: string;
    readonly classes: number;
    readonly bins: number;
    readonly ignore_index: number;
    readonly prob: Tensor;
    readonly label: Tensor;
    readonly values: Readonly<Record<string, number | null>>;
    readonly values_binary?: Readonly<Record<string, number | null>>;
  }[];
  readonly medical: readonly {
    readonly about: string;
    readonly bins: number;
    readonly thresholds: readonly number[];
    readonly cases: readonly {
      readonly foreground_prob: Tensor;
      readonly rater_mean: Tensor;
      readonly majority: readonly number[];
    }[];
    readonly dice_per_case: readonly number[];
    readonly ece_per_case: readonly number[];
    readonly dice: number;
    readonly ece: number;
    readonly bdice: number;
  }[];
}

/** The score of these cases. */
const score = <Part>(metric: Metric<Part>, ...cases: readonly ScoredCase[]) =>
  metric.value(cases.map((one) => metric.of(one)));

/** Two classes from the values of the foreground. */
function binary(
  foreground: readonly number[],
  truth: readonly number[],
  changes: Partial<ScoredCase> = {},
): ScoredCase {
  const pixels = foreground.length;
  const rows = (values: readonly number[]) => Float64Array.from([...values.map((y) => 1 - y), ...values]);
  return {
    id: 'case',
    classes: 2,
    pixels,
    images: 1,
    probabilities: rows(foreground),
    truth: rows(truth),
    raters: rows(truth),
    keep: new Uint8Array(pixels).fill(1),
    ...changes,
  };
}

/** One case with all images pooled, from [image, row, column, class]. */
function pooled({ prob, label, classes, ignore_index: ignore }: Oracle['cases'][number]): ScoredCase {
  const pixels = label.data.length;
  const probabilities = new Float64Array(classes * pixels);
  const truth = new Float64Array(classes * pixels);
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < classes; c++) {
      probabilities[c * pixels + i] = prob.data[i * classes + c]!;
      truth[c * pixels + i] = Number(label.data[i] === c);
    }
  const keep = Uint8Array.from(label.data, (value) => Number(value !== ignore));
  return { id: 'pooled', classes, pixels, images: 1, probabilities, truth, raters: truth, keep };
}

const vectors = oracle<Oracle>('metrics');

test.skipIf(!vectors).each(vectors?.cases ?? [])(
  'ece of pooled images equals the reference ECED: $about, $classes classes',
  (record) => {
    expect(100 * score(ece({ bins: record.bins }), pooled(record))!).toBeCloseTo(record.values.ECED!, 8);
  },
);

test.skipIf(!vectors).each(vectors?.cases.filter(({ values_binary }) => values_binary) ?? [])(
  'dice of pooled images equals the reference mDiceD of two classes: $about',
  (record) => {
    const expected = record.values_binary!.mDiceD;
    // 0/0 is left undefined there and is 1 here.
    expect(100 * score(dice(), pooled(record))!).toBeCloseTo(expected ?? 100, 8);
  },
);

test.skipIf(!vectors).each(vectors?.medical ?? [])(
  'the medical protocol equals the reference: $about',
  (record) => {
    const on = (truth: 'rater_mean' | 'majority') =>
      record.cases.map((one) =>
        binary(one.foreground_prob.data, truth === 'majority' ? one.majority : one.rater_mean.data),
      );
    const [hard, soft] = [on('majority'), on('rater_mean')];
    for (const [i, one] of hard.entries()) {
      expect(100 * score(dice(), one)!).toBeCloseTo(record.dice_per_case[i]!, 9);
      expect(100 * score(ece({ bins: record.bins }), one)!).toBeCloseTo(record.ece_per_case[i]!, 9);
    }
    expect(100 * score(dice(), ...hard)!).toBeCloseTo(record.dice, 9);
    expect(100 * score(ece({ bins: record.bins }), ...hard)!).toBeCloseTo(record.ece, 9);
    expect(record.thresholds.length).toBe(9);
    expect(100 * score(bdice(), ...soft)!).toBeCloseTo(record.bdice, 9);
  },
);

test('dice is 1 where the foreground is on neither side, and 0 where it is on one', () => {
  expect(score(dice(), binary([0.1, 0.2], [0, 0]))).toBe(1);
  expect(score(dice(), binary([0.1, 0.9], [0, 0]))).toBe(0);
  expect(score(dice(), binary([0.1, 0.2], [0, 1]))).toBe(0);
});

test('dice of several classes is the mean over the foreground classes', () => {
  const hot = (labels: readonly number[]) =>
    Float64Array.from([0, 1, 2].flatMap((c) => labels.map((label) => Number(label === c))));
  const scored = binary([], [], {
    classes: 3,
    pixels: 4,
    probabilities: hot([0, 1, 1, 2]),
    truth: hot([0, 1, 2, 2]),
    keep: [1, 1, 1, 1],
  });
  expect(score(dice(), scored)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
});

test('a probability of exactly one half is background, the lower class', () => {
  expect(score(dice(), binary([0.5], [1]))).toBe(0);
});

test('pixels that are not kept change no metric', () => {
  const scored = binary([0.2, 0.9, 0.7], [0, 1, 0.5], { keep: [1, 1, 0] });
  const without = binary([0.2, 0.9], [0, 1]);
  for (const metric of [dice(), bdice(), ece()])
    expect(score<unknown>(metric, scored)).toBe(score<unknown>(metric, without));
  expect(score(extreme({ where: 'all' }), scored)).toBe(score(extreme({ where: 'all' }), without));
});

test('bdice of a prediction equal to its soft truth is 1', () => {
  const soft = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(soft, (y) => score(bdice(), binary(y, y)) === 1));
});

test('bdice counts a value that equals a level: 3 raters of 10 are at 0.3', () => {
  expect(score(bdice(), binary([0.3], [3 / 10]))).toBe(1);
  // Below 0.3 by one bit, the prediction is empty at the third level alone.
  expect(score(bdice(), binary([0.3 - 2 ** -54], [3 / 10]))).toBeCloseTo(8 / 9, 12);
});

test('ece on a soft truth is 0 where the prediction is the truth', () => {
  const soft = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(soft, (y) => score(ece(), binary(y, y))! < 1e-12));
});

test('ece puts a confidence that equals an edge into the upper bin, and 1 into the last', () => {
  // Both in the bin [0.6, 0.7): their gaps cancel. In bins of their own they would not.
  expect(score(ece(), binary([0.6, 0.65], [1, 0]))).toBeCloseTo(Math.abs(0.4 - 0.65) / 2, 12);
  // 0.6 · 5 rounds to 3, so does 0.6 / 0.2: the edge 3/5 decides.
  expect(score(ece({ bins: 5 }), binary([0.6, 0.59], [1, 0]))).toBeCloseTo((0.4 + 0.59) / 2, 12);
  expect(score(ece(), binary([1], [1]))).toBe(0);
});

test('ece of a case without pixels has no value', () => {
  expect(score(ece(), binary([0.6], [1], { keep: [0] }))).toBeUndefined();
});

test('extreme counts, where raters disagree, what lies strictly beyond its levels', () => {
  // Two raters, who differ at the three pixels in the middle.
  const first = [1, 1, 1, 1, 0];
  const second = [1, 0, 0, 0, 0];
  const rows = (mask: readonly number[]) => [...mask.map((y) => 1 - y), ...mask];
  const scored = binary([0.01, 0.04, 0.05, 0.95, 0.99], [0, 0, 0, 0, 0], {
    raters: [...rows(first), ...rows(second)],
  });
  expect(score(extreme(), scored)).toBe(1 / 3);
  expect(score(extreme({ where: 'all' }), scored)).toBe(3 / 5);
  expect(score(extreme({ low: 0.02, high: 0.9 }), scored)).toBe(1 / 3);
});

test('extreme has no value where nobody disagrees, and such a case leaves the mean', () => {
  const [agreed, disputed] = [
    binary([0.01], [0]),
    binary([0.01, 0.5], [0, 0], { raters: [1, 1, 0, 0, 0, 0, 1, 1] }),
  ];
  expect(score(extreme(), agreed)).toBeUndefined();
  expect(score(extreme(), agreed, disputed)).toBe(0.5);
});
