import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlapFormula, similarities } from '../../support/loss-formulas.ts';
import {
  binary,
  lossOf,
  measure,
  overlapOptions,
  type Sample,
  sampledWith,
  samples,
  share,
  vectors,
} from '../../support/loss-samples.ts';

const runs = { numRuns: 30 };
const metricLosses = ['sdl_l2', 'jml1', 'jml2', 'dml1', 'dml2'];
const own: Readonly<Record<string, Readonly<Record<string, number>>>> = { tversky: { fp: 0.3, fn: 0.7 } };
const overlapLosses = Object.keys(similarities).map((name) => [name, own[name] ?? {}] as const);
const zeroLosses = overlapLosses.filter(([name]) => [...metricLosses, 'tversky'].includes(name));
const everyLoss = [
  ...overlapLosses,
  ['ce', {}],
  ['kl', {}],
  ['kl', { temperature: 2 }],
  ['focal', {}],
] as const;

const whole = { gamma: 1, log: false, weights: 'equal', active: 'all', threshold: 0.01, reduction: 'batch' };
const plain = { ...whole, smooth: 0 };
const pairs = (length: number, of = share) => fc.array(fc.tuple(of, of), { minLength: 1, maxLength: length });

describe.each(zeroLosses)('%s', (loss, options) => {
  test('is 0 at the label, whatever its options', () => {
    fc.assert(
      fc.property(sampledWith(samples()), ([sample, more]) => {
        expect(Math.abs(lossOf(loss, { ...sample, x: sample.y }, { ...more, ...options }))).toBe(0);
      }),
      runs,
    );
  });

  test('is above 0 everywhere else', () => {
    fc.assert(
      fc.property(pairs(6), fc.constantFrom(0, 1e-3, 1), (pixels, smooth) => {
        fc.pre(pixels.some(([x, y]) => x !== y));
        const sample = vectors(
          pixels.map(([x]) => x),
          pixels.map(([, y]) => y),
        );
        expect(lossOf(loss, sample, { ...plain, ...options, smooth })).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});

describe.each(overlapLosses)('%s', (loss, own) => {
  test('is what its formula says, under any options', () => {
    const norms = ['jml1', 'dml1', 'tversky'].includes(loss) ? [1, 2] : [1];
    // Unequal weights and squares can give a loss below 0, of which a power is not defined.
    const weights = (norm: number) =>
      loss !== 'tversky' ? {} : norm === 2 ? { fp: 0.7, fn: 0.7, norm } : { ...own, norm };
    fc.assert(
      fc.property(sampledWith(samples()), fc.constantFrom(...norms), ([sample, more], norm) => {
        const options = { ...more, ...(norms.length > 1 ? { norm } : {}), ...weights(norm) };
        expect(lossOf(loss, sample, options)).toBeCloseTo(overlapFormula(loss, sample, options), 10);
      }),
      { numRuns: 80 },
    );
  });

  test('has the gradient that differences give', () => {
    // No pixel near a tie or the ends, where |x − y| has a kink.
    const label = fc.integer({ min: 0, max: 4 }).map((n) => n / 4);
    const prediction = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 5, max: 20 }))
      .map(([n, offset]) => n / 4 + offset / 100);
    fc.assert(
      fc.property(sampledWith(samples({ prediction, label })), fc.nat(), ([sample, more], at) => {
        const options = { ...more, ...own };
        const i = at % sample.x.length;
        const moved = (by: number) =>
          lossOf(loss, { ...sample, x: sample.x.map((x, k) => (k === i ? x + by : x)) }, options);
        const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        const found = measure(loss, sample, options).gradient[i]!;
        expect(Math.abs(found - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)));
      }),
      runs,
    );
  });

  test('gives an empty class no cost', () => {
    fc.assert(
      fc.property(
        samples({ keep: fc.constant(1) }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        (sample, smooth, log) => {
          const [classes, images, pixels] = sample.shape;
          const empty = new Array<number>(images * pixels).fill(0);
          const wider: Sample = {
            ...sample,
            shape: [classes + 1, images, pixels],
            x: [...sample.x, ...empty],
            y: [...sample.y, ...empty],
          };
          const options = { ...whole, ...own, smooth, log: log && smooth > 0 };
          const expected = (lossOf(loss, sample, options) * classes) / (classes + 1);
          expect(lossOf(loss, wider, options)).toBeCloseTo(expected, 12);
        },
      ),
      runs,
    );
  });

  test('under a mix of reductions is the mix of what it is under each', () => {
    fc.assert(
      fc.property(sampledWith(samples()), ([sample, more]) => {
        const under = (reduction: unknown) => lossOf(loss, sample, { ...more, ...own, reduction });
        const mix = { batch: 0.2, image: 0.3, class: 0.7 };
        const apart = Object.entries(mix).map(([name, weight]) => weight * under(name));
        expect(under({ mix })).toBeCloseTo(
          apart.reduce((a, b) => a + b),
          12,
        );
      }),
      { numRuns: 30 },
    );
  });

  test('without an active class is 0 with gradient 0', () => {
    fc.assert(
      fc.property(
        samples({ label: fc.constant(0) }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        (sample, smooth, log) => {
          const options = { ...whole, ...own, smooth, log, active: 'present' };
          const { value, gradient } = measure(loss, sample, options);
          expect(Math.abs(value)).toBe(0);
          expect(gradient.every((g) => g === 0)).toBe(true);
        },
      ),
      runs,
    );
  });
});

test.each(everyLoss)('%s %j does not see ignored pixels', (loss, options) => {
  const inner = fc.integer({ min: 1, max: 99 }).map((n) => n / 100);
  fc.assert(
    fc.property(samples({ prediction: inner }), fc.infiniteStream(inner), (sample, others) => {
      const hidden = (values: readonly number[]) =>
        values.map((value, i) => (sample.keep[i % sample.keep.length] === 1 ? value : others.next().value));
      const before = measure(loss, sample, options);
      const after = measure(loss, { ...sample, x: hidden(sample.x), y: hidden(sample.y) }, options);
      expect(after).toEqual(before);
      before.gradient.forEach((g, i) => {
        if (sample.keep[i % sample.keep.length] === 0) expect(Math.abs(g)).toBe(0);
      });
    }),
    runs,
  );
});

describe('on hard labels', () => {
  test.each([
    ['sdl', 'dml1', 'dml2'],
    ['sjl', 'jml1', 'jml2'],
  ])('%s, %s and %s are one loss', (...names) => {
    fc.assert(
      fc.property(sampledWith(samples({ label: binary })), ([sample, options]) => {
        const [first, ...others] = names.map((name) => lossOf(name, sample, options));
        for (const other of others) expect(other).toBeCloseTo(first!, 10);
      }),
      runs,
    );
  });

  test('sdl_l2 is not sdl', () => {
    const sample = vectors([0.5, 0.5], [1, 0]);
    expect(lossOf('sdl', sample, plain)).toBeCloseTo(1 / 2, 12);
    expect(lossOf('sdl_l2', sample, plain)).toBeCloseTo(1 / 3, 12);
  });
});

describe('as a distance', () => {
  const between = (loss: string, a: readonly number[], b: readonly number[], smooth = 0) =>
    lossOf(loss, vectors(a, b), { ...plain, smooth });
  const points = fc
    .array(fc.tuple(share, share, share), { minLength: 1, maxLength: 6 })
    .map(
      (pixels) => [0, 1, 2].map((i) => pixels.map((pixel) => pixel[i]!)) as [number[], number[], number[]],
    );

  test.each(metricLosses)('%s is symmetric', (loss) => {
    fc.assert(
      fc.property(points, fc.constantFrom(0, 1), ([a, b], smooth) => {
        expect(between(loss, a, b, smooth)).toBe(between(loss, b, a, smooth));
      }),
      runs,
    );
  });

  test.each([
    ['jml1', 1],
    ['jml2', 1],
    ['dml1', 3 / 2],
    ['dml2', 3 / 2],
    ['sdl_l2', 2],
  ] as const)('%s goes round a third point at no less than 1/%d of the way', (loss, constant) => {
    fc.assert(
      fc.property(points, ([a, b, c]) => {
        const round = between(loss, a, b) + between(loss, b, c);
        expect(between(loss, a, c)).toBeLessThanOrEqual(constant * round + 1e-12);
      }),
      { numRuns: 150 },
    );
  });

  test.each(['dml1', 'dml2'])('%s attains 3/2', (loss) => {
    const [a, b, c] = [
      [0, 1],
      [1, 1],
      [1, 0],
    ] as const;
    expect(between(loss, a, c) / (between(loss, a, b) + between(loss, b, c))).toBeCloseTo(3 / 2, 12);
  });

  test.each([
    ['dml1', 'dml2'],
    ['jml1', 'jml2'],
  ] as const)('%s is never above %s', (lower, upper) => {
    fc.assert(
      fc.property(points, fc.constantFrom(0, 1e-3, 1), ([a, b], smooth) => {
        expect(between(lower, a, b, smooth)).toBeLessThanOrEqual(between(upper, a, b, smooth) + 1e-12);
      }),
      runs,
    );
  });

  test('Dice and Jaccard are tied: Δ_D = Δ_J / (2 − Δ_J), and so are their losses of either form', () => {
    fc.assert(
      fc.property(points, ([a, b]) => {
        for (const form of [1, 2]) {
          const jaccard = between(`jml${form}`, a, b);
          expect(between(`dml${form}`, a, b)).toBeCloseTo(jaccard / (2 - jaccard), 12);
        }
      }),
      runs,
    );
  });
});

describe('at a tie', () => {
  test.each(metricLosses)('the whole gradient of %s is 0 where prediction and label are equal', (loss) => {
    fc.assert(
      fc.property(sampledWith(samples()), ([sample, options]) => {
        const { gradient } = measure(loss, { ...sample, x: sample.y }, options);
        expect(gradient.every((g) => Math.abs(g) < 1e-12)).toBe(true);
      }),
      runs,
    );
  });

  test('|x − y| has the derivative 0, so that dml1 has −L / S there', () => {
    const sample = vectors([0.5, 0.2, 1, 0], [0.5, 0.6, 1, 0]);
    const { value, gradient } = measure('dml1', sample, plain);
    const total = 0.5 + 0.2 + 1 + (0.5 + 0.6 + 1);
    expect([...gradient]).toEqual(
      [0, -1, 0, 0].map((side) => expect.closeTo((side - value) / total, 12) as unknown as number),
    );
  });
});

describe('facts of the paper', () => {
  test('one pixel labelled 0.5 costs 1/2 in soft Dice at the label, and 1/3 at 1', () => {
    expect(lossOf('sdl', vectors([0.5], [0.5]), plain)).toBeCloseTo(1 / 2, 12);
    expect(lossOf('sdl', vectors([1], [0.5]), plain)).toBeCloseTo(1 / 3, 12);
  });

  test.each([0.1, 0.3, 0.5, 0.7, 0.9])(
    'of one pixel labelled %d, soft Dice and Jaccard are lowest at 1',
    (y) => {
      const grid = Array.from({ length: 51 }, (_, i) => i / 50);
      for (const loss of ['sdl', 'sjl']) {
        const values = grid.map((x) => lossOf(loss, vectors([x], [y]), plain));
        expect(values.indexOf(Math.min(...values))).toBe(50);
      }
    },
  );

  test('soft Dice is lowest where x is 1 exactly at the pixels above half of the best Dice', () => {
    const pixels = fc.array(fc.integer({ min: 1, max: 96 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(pixels, (label) => {
        const y = label.map((n) => n / 97);
        const vertices = Array.from({ length: 16 }, (_, bits) => y.map((__, i) => (bits >> i) & 1));
        const dice = vertices.map((x) => 1 - lossOf('sdl', vectors(x, y), plain));
        const best = Math.max(...dice);
        fc.pre(y.every((value) => Math.abs(value - best / 2) > 1e-6));
        expect(vertices[dice.indexOf(best)]).toEqual(y.map((value) => Number(value > best / 2)));
      }),
      { numRuns: 20 },
    );
  });

  test('the gradients of DML1 and DML2 have closed forms away from ties', () => {
    const [x, y] = [
      [0.2, 0.7, 0.9],
      [0.6, 0.1, 0.5],
    ] as const;
    const sum = (of: (i: number) => number) => x.reduce((total, _, i) => total + of(i), 0);
    const S = sum((i) => x[i]! + y[i]!);
    const N = sum((i) => Math.abs(x[i]! - y[i]!));
    const P = sum((i) => x[i]! * y[i]!);
    const first = measure('dml1', vectors(x, y), plain);
    const second = measure('dml2', vectors(x, y), plain);
    for (const i of x.keys()) {
      const side = Math.sign(x[i]! - y[i]!);
      expect(first.gradient[i]).toBeCloseTo((side - first.value) / S, 12);
      expect(second.gradient[i]).toBeCloseTo((2 * (P * side - N * y[i]!)) / (2 * P + N) ** 2, 12);
    }
  });

  test('squares with unequal weights are no loss: below 0, and not lowest at the label', () => {
    const options = { ...plain, fp: 1, fn: 0, norm: 2 };
    expect(lossOf('tversky', vectors([0.2], [0.5]), options)).toBeCloseTo(-1.5, 12);
  });
});

describe('one loss under two names', () => {
  test.each([
    ['tversky', { fp: 0.5, fn: 0.5 }, 'dml1', {}],
    ['tversky', { fp: 1, fn: 1 }, 'jml1', {}],
    ['tversky', { fp: 0.5, fn: 0.5, norm: 2 }, 'sdl_l2', {}],
    ['dml1', { norm: 2 }, 'sdl_l2', {}],
    ['dml1', { reduction: 'image', weights: [1, 1, 1] }, 'dml1', { reduction: { mix: { image: 1 } } }],
  ])('%s %j is %s %j', (a, first, b, second) => {
    const sample: Sample = {
      shape: [3, 1, 2],
      x: [0.1, 0.7, 0.3, 0, 0.6, 0.3],
      y: [0, 1, 0.25, 0, 0.75, 0],
      keep: [1, 1],
      soft: true,
    };
    expect(lossOf(a, sample, first)).toBeCloseTo(lossOf(b, sample, second), 14);
  });
});

describe('the losses of pixels', () => {
  const inner = fc.integer({ min: 1, max: 99 }).map((n) => n / 100);
  const entropy = (y: readonly number[]) =>
    y.reduce((total, value) => total - (value > 0 ? value * Math.log(value) : 0), 0);
  /** Pixels of two classes whose values add up to 1. */
  const twoClasses = (prediction: typeof share, label: typeof share) =>
    pairs(5).chain((pixels) =>
      fc
        .array(fc.tuple(prediction, label), { minLength: pixels.length, maxLength: pixels.length })
        .map((list): Sample => {
          const [x, y] = [0, 1].map((i) => list.map((pair) => pair[i]!)) as [number[], number[]];
          return {
            shape: [2, 1, list.length],
            x: [...x, ...x.map((p) => 1 - p)],
            y: [...y, ...y.map((q) => 1 - q)],
            keep: x.map(() => 1),
            soft: true,
          };
        }),
    );

  test('kl is ce less the entropy of the label, with its gradient, and 0 at the label', () => {
    fc.assert(
      fc.property(twoClasses(inner, share), (sample) => {
        const [divergence, cross] = [measure('kl', sample), measure('ce', sample)];
        expect(divergence.value).toBeCloseTo(cross.value - entropy(sample.y) / sample.keep.length, 10);
        expect(divergence.value).toBeGreaterThanOrEqual(-1e-12);
        for (const [i, g] of divergence.gradient.entries()) expect(g).toBeCloseTo(cross.gradient[i]!, 8);
        expect(lossOf('kl', { ...sample, y: sample.x })).toBeCloseTo(0, 12);
      }),
      runs,
    );
  });

  test('kl at a temperature is T² times the divergence of the tempered prediction', () => {
    const sample = {
      ...vectors([], []),
      shape: [2, 1, 1],
      x: [0.9, 0.1],
      y: [0.25, 0.75],
      keep: [1],
    } as const;
    const powers = [Math.sqrt(0.9), Math.sqrt(0.1)];
    const tempered = powers.map((power) => power / (powers[0]! + powers[1]!));
    const expected = 4 * sample.y.reduce((total, y, c) => total + y * Math.log(y / tempered[c]!), 0);
    expect(lossOf('kl', sample, { temperature: 2 })).toBeCloseTo(expected, 12);
  });

  test('focal is ce at gamma 0 and never above it', () => {
    fc.assert(
      fc.property(twoClasses(inner, binary), fc.constantFrom(0.5, 1, 2, 5), (sample, gamma) => {
        expect(lossOf('focal', sample, { gamma: 0 })).toBe(lossOf('ce', sample));
        expect(lossOf('focal', sample, { gamma })).toBeLessThanOrEqual(lossOf('ce', sample));
      }),
      runs,
    );
  });

  test.each(['ce', 'kl', 'focal'])('%s of no kept pixel is 0 with gradient 0', (loss) => {
    const { value, gradient } = measure(loss, { ...vectors([0.3, 0.7], [0, 1]), keep: [0, 0] });
    expect(Math.abs(value)).toBe(0);
    expect([...gradient].map(Math.abs)).toEqual([0, 0]);
  });
});

test('a logarithm without smoothing is infinite where a class that counts has no overlap, and 0 where it does not', () => {
  const options = { ...plain, log: true };
  const sample: Sample = { shape: [2, 1, 2], x: [1, 1, 0, 1], y: [1, 1, 0, 0], keep: [1, 1], soft: true };
  expect(lossOf('dml1', sample, options)).toBe(Number.POSITIVE_INFINITY);
  const present = measure('dml1', sample, { ...options, active: 'present' });
  expect(Math.abs(present.value)).toBe(0);
  expect(present.gradient.every(Number.isFinite)).toBe(true);
});

test.each([
  ['dml1', { weights: [1, 2, 3] }, '`weights` of a loss has 3 numbers for 1 classes.'],
  ['tversky', { fp: 0, fn: 0 }, 'A Tversky loss with `fp: 0` and `fn: 0` is 0 for every prediction.'],
])('%s %j says what is wrong', (loss, options, message) => {
  expect(() => lossOf(loss, vectors([0.5], [1]), options)).toThrow(message);
});

test('any options of a loss of overlap give a finite loss with finite gradient', () => {
  fc.assert(
    fc.property(
      samples().chain((sample) => overlapOptions(sample.shape[0]).map((options) => ({ sample, options }))),
      fc.constantFrom(...overlapLosses),
      ({ sample, options }, [loss, own]) => {
        const { value, gradient } = measure(loss, sample, { ...options, ...own });
        expect(Number.isFinite(value) && gradient.every(Number.isFinite)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
