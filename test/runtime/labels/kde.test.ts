import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidates, likeliestBandwidth } from '../../../runtime/labels/kde/bandwidth.ts';
import { calibrate } from '../../../runtime/labels/kde/calibrate.ts';
import { drawKeys } from '../../../runtime/labels/kde/keys.ts';
import { logGamma } from '../../../runtime/labels/kde/log-gamma.ts';
import { sumOfExps } from '../../../runtime/labels/kde/sum-of-exps.ts';
import { type KdeOptions, kde } from '../../../runtime/labels/kde.ts';
import type { LabelContext, LabelMap } from '../../../runtime/labels/step.ts';
import { temperature } from '../../../runtime/labels/temperature.ts';
import { random } from '../../../runtime/random.ts';
import { labelContext, oneHot } from '../../support/labels.ts';
import { oracle } from '../../support/oracle.ts';

interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Record {
  readonly about: string;
  readonly bandwidth: number;
  readonly prob_floor: number;
  readonly leave_one_out: boolean;
  readonly prob: Tensor;
  readonly key_prob: Tensor;
  readonly key_label: readonly number[];
  readonly key_row?: readonly number[];
  readonly calibrated: Tensor;
  readonly calibrated_exact: Tensor;
  readonly log_denominator: readonly number[];
}

interface ImageRecord {
  readonly about: string;
  readonly temperature: number;
  readonly bandwidth: number;
  readonly kernel: number;
  readonly logits: Tensor;
  readonly label: Tensor;
  readonly key_index: readonly number[];
  readonly replaced: readonly number[];
  readonly target: Tensor;
  readonly target_clamped: Tensor;
}

const reference = oracle<{ cases: readonly Record[]; images: readonly ImageRecord[] }>('kde');

/** [class, pixel] of [pixel, class]. */
const classFirst = ({ data, shape }: Tensor): LabelMap => {
  const classes = shape.at(-1)!;
  const pixels = data.length / classes;
  return Float64Array.from(data, (_, i) => data[(i % pixels) * classes + Math.floor(i / pixels)]!);
};

const expectNear = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++)
    expect(Math.abs(found[i]! - expected[i]!), `entry ${i}`).toBeLessThanOrEqual(1e-8);
};

const keysOf = ({ key_prob, key_label }: Record) => ({
  probabilities: Float64Array.from(key_prob.data),
  labels: key_label,
});

/** What the official code makes of an estimate: kernels as they are, and a denominator of at least 1e-10. */
const clamped = (exact: LabelMap, logDenominators: Float64Array): LabelMap =>
  exact.map((y, i) => {
    const denominator = Math.exp(logDenominators[i % logDenominators.length]!);
    return (y * denominator) / Math.max(denominator, 1e-10);
  });

test.skipIf(!reference).each(reference?.cases ?? [])(
  'the kernel estimate equals the reference, h $bandwidth: $about',
  (record) => {
    const [pixels, classes] = record.prob.shape as [number, number];
    const leftOut = record.leave_one_out ? (record.key_row ?? []).map((row, j) => [row, j] as const) : [];
    const { labels, logDenominators } = calibrate(classFirst(record.prob), {
      classes,
      keys: keysOf(record),
      bandwidth: record.bandwidth,
      floor: record.prob_floor,
      pixels: Array.from({ length: pixels }, (_, i) => i),
      leftOut: new Map(leftOut),
    });
    expectNear(labels, classFirst(record.calibrated_exact));
    expectNear(logDenominators, record.log_denominator);
    expectNear(clamped(labels, logDenominators), classFirst(record.calibrated));
  },
);

test.skipIf(!reference).each(reference?.cases ?? [])(
  'the step with keys that are given, and its defaults, equals the reference, h $bandwidth: $about',
  (record) => {
    const [width, classes] = record.prob.shape as [number, number];
    const context = labelContext({ classes, width, keys: keysOf(record) });
    const leaveOut: KdeOptions = record.leave_one_out ? { leave_one_out: true } : {};
    const labels = kde(classFirst(record.prob), context, { bandwidth: record.bandwidth, ...leaveOut });
    expectNear(labels, classFirst(record.calibrated_exact));
  },
);

test.skipIf(!reference).each(reference?.images ?? [])('an image equals the reference: $about', (record) => {
  const [height, width, classes] = record.logits.shape as [number, number, number];
  const hard = oneHot(record.label.data, classes);
  const logits = classFirst(record.logits);
  const pixels = height * width;
  const exps = logits.map(Math.exp);
  const sums = Array.from({ length: pixels }, (_, i) =>
    Array.from({ length: classes }, (_, c) => exps[c * pixels + i]!).reduce((a, b) => a + b),
  );
  const context = labelContext({ classes, height, width, hard: () => hard });
  const probabilities = temperature(
    exps.map((e, i) => e / sums[i % pixels]!),
    context,
    { T: record.temperature },
  );
  const keys = {
    probabilities: Float64Array.from(
      record.key_index.flatMap((i) =>
        Array.from({ length: classes }, (_, c) => probabilities[c * pixels + i]!),
      ),
    ),
    labels: record.key_index.map((i) => record.label.data[i]!),
  };
  const { bandwidth, kernel } = record;
  const labels = kde(probabilities, { ...context, keys }, { bandwidth, kernel });
  expectNear(labels, classFirst(record.target));
  for (let i = 0; i < pixels; i++)
    if (!record.replaced[i]) expect(labels[pixels + i]).toBe(probabilities[pixels + i]);
});

test('ln Γ is that of factorials and of one half', () => {
  let factorial = 0;
  for (let n = 1; n < 200; n++) {
    expect(logGamma(n)).toBeCloseTo(factorial, 10);
    factorial += Math.log(n);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  // ln Γ(x + 1) = ln Γ(x) + ln x, where sums are as large as for a bandwidth of 1e-5.
  for (const x of [1.3, 12.7, 1e3 + 0.25, 1e5 + 0.5])
    expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(
      1e-15 * Math.max(100, logGamma(x) * 4),
    );
});

test('exponentials are within 8e-12 of the exact ones, and those that are nothing beside 1 are left out', () => {
  const one = (x: number) => sumOfExps(Float64Array.of(x), 0, 1, 0);
  fc.assert(
    fc.property(fc.double({ min: -40, max: 0, noNaN: true, minExcluded: true }), (x) => {
      expect(Math.abs(one(x) / Math.exp(x) - 1)).toBeLessThan(8e-12);
    }),
    { numRuns: 2000 },
  );
  expect([one(0), one(-40), one(Number.NEGATIVE_INFINITY)]).toEqual([1, 0, 0]);
  expect(sumOfExps(Float64Array.of(9, 3, 3, 3), 1, 3, 3)).toBe(2);
});

const probability = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 5e-324, 1e-12, 1 - 2 ** -53) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);
const bandwidth = fc.oneof(
  fc.constant('auto' as const),
  fc.double({ min: -5, max: 0, noNaN: true }).map((power) => 10 ** power),
);

test('labels are distributions and never NaN: zeros, ones, any bandwidth, any keys', () => {
  const cases = fc.record({
    foreground: fc.array(probability, { minLength: 9, maxLength: 9 }),
    hard: fc.array(fc.nat({ max: 1 }), { minLength: 9, maxLength: 9 }),
    keep: fc.array(fc.nat({ max: 1 }), { minLength: 9, maxLength: 9 }),
    bandwidth,
    keys: fc.integer({ min: 1, max: 12 }),
    where: fc.constantFrom('errors' as const, 'all' as const),
    leave_one_out: fc.constantFrom(true, false, 'auto' as const),
    sampling: fc.constantFrom('balanced' as const, 'proportional' as const),
    floor: fc.constantFrom(0, 1e-7),
  });
  fc.assert(
    fc.property(cases, ({ foreground, hard, keep, ...options }) => {
      const given = Float64Array.from([...foreground.map((p) => 1 - p), ...foreground]);
      const context = labelContext({ height: 3, width: 3, keep, hard: () => oneHot(hard) });
      const labels = kde(given, context, options);
      for (let i = 0; i < 9; i++) {
        expect(labels[i]! + labels[9 + i]!).toBeCloseTo(1, 12);
        for (const y of [labels[i]!, labels[9 + i]!]) expect(y >= 0 && y <= 1).toBe(true);
        if (!keep[i]) expect(labels[i]).toBe(given[i]);
      }
    }),
    { numRuns: 300 },
  );
});

test('far from every key the nearest one decides, where the official form vanishes', () => {
  const context = labelContext({
    keys: { probabilities: Float64Array.of(0.999, 0.001, 0.6, 0.4), labels: [0, 1] },
  });
  const labels = kde(Float64Array.of(0.02, 0.98), context, { bandwidth: 1e-5 });
  expect([...labels]).toEqual([0, 1]);
});

/** A teacher that is sure of a foreground of 60 % that is there in two cases of three, and of the rest. */
function overconfident(): { labels: LabelMap; context: LabelContext } {
  const draw = random('overconfident');
  const width = 3000;
  const foreground = Array.from(
    { length: width },
    (_, i) => (i % 5 < 3 ? 0.95 : 0.05) + 0.04 * (draw.uniform() - 0.5),
  );
  const hard = oneHot(foreground.map((p) => Number(p > 0.5 && draw.uniform() < 2 / 3)));
  const labels = Float64Array.from([...foreground.map((p) => 1 - p), ...foreground]);
  return { labels, context: labelContext({ width, hard: () => hard, random: random('keys') }) };
}

test('an overconfident teacher is brought to the frequency of its hits', () => {
  const { labels, context } = overconfident();
  const calibrated = kde(labels, context, {
    where: 'all',
    keys: 1500,
    sampling: 'proportional',
    bandwidth: 1e-2,
  });
  const mean = (positive: boolean) => {
    const own = [...calibrated.subarray(3000)].filter((_, i) => i % 5 < 3 === positive);
    return own.reduce((a, b) => a + b, 0) / own.length;
  };
  expect(mean(true)).toBeCloseTo(2 / 3, 1);
  expect(mean(false)).toBeCloseTo(0, 2);
});

test('keys are drawn among kept pixels, none twice, of each class as its sampling says', () => {
  const hard = oneHot(
    Array.from({ length: 100 }, (_, i) => Number(i % 10 === 0)),
    3,
  );
  const keep = Array.from({ length: 100 }, (_, i) => Number(i >= 50));
  const labels = Float64Array.from({ length: 300 }, (_, i) => i);
  const drawn = (sampling: 'balanced' | 'proportional', count: number) => {
    const { keys, pixels } = drawKeys(labels, hard, {
      classes: 3,
      count,
      sampling,
      keep,
      random: random('keys'),
    });
    expect(new Set(pixels).size).toBe(pixels.length);
    for (const [j, pixel] of pixels.entries()) {
      expect(keep[pixel]).toBe(1);
      expect(keys.labels[j]).toBe(Number(pixel % 10 === 0));
      expect([...keys.probabilities.subarray(3 * j, 3 * j + 3)]).toEqual([pixel, 100 + pixel, 200 + pixel]);
    }
    return [0, 1, 2].map((c) => [...pixels].filter((_, j) => keys.labels[j] === c).length);
  };
  expect(drawn('balanced', 6)).toEqual([3, 3, 0]);
  expect(drawn('balanced', 41)).toEqual([21, 5, 0]);
  expect(drawn('proportional', 11)).toEqual([10, 2, 0]);
});

test('a key is left out of its own estimate unless the step says otherwise', () => {
  // Two keys, one of each class, and no other pixel of their kind.
  const labels = Float64Array.of(0.9, 0.2, 0.1, 0.8);
  const context = labelContext({ width: 2, hard: () => oneHot([1, 0]) });
  const options: KdeOptions = { where: 'all', keys: 2, bandwidth: 0.01 };
  const own = kde(labels, context, { ...options, leave_one_out: false });
  expect(own[2]).toBeGreaterThan(0.99);
  expect([...kde(labels, context, options)]).toEqual([1, 0, 0, 1]);
});

test('the bandwidth chosen is that of the highest leave-one-out likelihood', () => {
  const draw = random('bandwidth');
  const count = 60;
  const foreground = Array.from({ length: count }, () => 0.2 + 0.6 * draw.uniform());
  const probabilities = Float64Array.from(foreground.flatMap((p) => [1 - p, p]));
  const labels = foreground.map(() => 0);
  const beta = (p: number, q: number, h: number) => {
    const [a, b] = [(1 - q) / h + 1, q / h + 1];
    return Math.exp(
      (a - 1) * Math.log(1 - p) + (b - 1) * Math.log(p) + logGamma(a + b) - logGamma(a) - logGamma(b),
    );
  };
  const likelihood = (h: number) =>
    foreground.reduce((sum, p, i) => {
      const others = foreground.filter((_, j) => j !== i);
      return sum + Math.log(others.reduce((density, q) => density + beta(p, q, h), 0) / others.length);
    }, 0);
  const scores = candidates.map(likelihood);
  expect(candidates).toHaveLength(20);
  const chosen = likeliestBandwidth({ probabilities, labels }, 2, 0);
  expect(chosen).toBe(candidates[scores.indexOf(Math.max(...scores))]);
});

test('what was chosen is told', () => {
  const { labels, context } = overconfident();
  const told: unknown[] = [];
  const note: LabelContext['note'] = (chosen) => told.push(chosen);
  kde(labels, { ...context, note }, { bandwidth: 'auto', keys: 100 });
  expect(told).toEqual([{ bandwidth: expect.toSatisfy((h: number) => candidates.includes(h)), keys: 100 }]);
});

test.each([
  {
    keys: { probabilities: Float64Array.of(0.5, 0.5, 0.1), labels: [0] },
    found: '3 probabilities and 1 labels',
  },
  {
    keys: { probabilities: Float64Array.of(0.5, 0.5), labels: [2] },
    found: 'label of key 0 (counted from 0) is 2',
  },
  {
    keys: { probabilities: Float64Array.of(0.5, 1.5), labels: [1] },
    found: 'key 0 (counted from 0) has the probability 1.5',
  },
  { keys: undefined, found: 'learns from the labels of the case, and there are none' },
])('keys that cannot be used are refused: $found', ({ keys, found }) => {
  expect(() => kde(Float64Array.of(0.5, 0.5), labelContext({ keys }))).toThrow(found);
});
