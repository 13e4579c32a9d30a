import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracy } from '../../../runtime/metrics/accuracy.ts';
import { ace } from '../../../runtime/metrics/ace.ts';
import { bdice } from '../../../runtime/metrics/bdice.ts';
import { brier } from '../../../runtime/metrics/brier.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { ece } from '../../../runtime/metrics/ece.ts';
import { extreme } from '../../../runtime/metrics/extreme.ts';
import { jaccard } from '../../../runtime/metrics/jaccard.ts';
import type { Metric, ScoredCase } from '../../../runtime/metrics/metric.ts';
import { nll } from '../../../runtime/metrics/nll.ts';
import type { OverlapOptions } from '../../../runtime/metrics/overlap.ts';
import { sce } from '../../../runtime/metrics/sce.ts';
import { scoreOf, stacked } from '../../support/scored.ts';

type Pooled = 'case' | 'image' | 'data';

/** Each metric for what it is counted by; the range that it is in; what it is where the prediction equals a hard truth. */
const metrics: Readonly<
  Record<string, { of: (by: Pooled) => Metric; range: readonly [number, number]; perfect: number }>
> = {
  dice: { of: (by) => dice({ by, active: 'either' }), range: [0, 1], perfect: 1 },
  'dice, skip': { of: (by) => dice({ by, classes: 'all', empty: 'skip' }), range: [0, 1], perfect: 1 },
  jaccard: { of: (by) => jaccard({ by, active: 'truth' }), range: [0, 1], perfect: 1 },
  bdice: { of: (by) => bdice({ by, active: 'all' }), range: [0, 1], perfect: 1 },
  accuracy: { of: (by) => accuracy({ by }), range: [0, 1], perfect: 1 },
  recall: { of: (by) => accuracy({ by, average: 'classes' }), range: [0, 1], perfect: 1 },
  ece: { of: (by) => ece({ by }), range: [0, 1], perfect: 0 },
  sce: { of: (by) => sce({ by, active: 'all' }), range: [0, 1], perfect: 0 },
  'sce, label': { of: (by) => sce({ by, active: 'truth', hit: 'label' }), range: [0, 1], perfect: 0 },
  ace: { of: (by) => ace({ by: by === 'data' ? 'case' : by, bins: 3 }), range: [0, 1], perfect: 0 },
  brier: { of: (by) => brier({ by }), range: [0, 2], perfect: 0 },
  nll: { of: (by) => nll({ by }), range: [0, 104], perfect: 0 },
  extreme: { of: (by) => extreme({ by, where: 'all' }), range: [0, 1], perfect: 1 },
};
const byName = Object.entries(metrics).map(([name, metric]) => ({ name, ...metric }));

/** A column of probabilities: anything that adds up to 1, ties and certainty among them. */
const column = (classes: number) =>
  fc.array(fc.integer({ min: 0, max: 8 }), { minLength: classes, maxLength: classes }).map((weights) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight, c) => (sum === 0 ? Number(c === 0) : weight / sum));
  });

interface Shape {
  readonly classes: number;
  readonly pixels: number;
}

const shape = fc.record({
  classes: fc.integer({ min: 2, max: 4 }),
  pixels: fc.integer({ min: 1, max: 7 }),
});

/** A case of one image; `hard` gives a truth of 0 and 1. */
function caseOf({ classes, pixels }: Shape, hard: boolean): fc.Arbitrary<ScoredCase> {
  const columns = fc.array(column(classes), { minLength: pixels, maxLength: pixels });
  const keep = fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: pixels, maxLength: pixels });
  const rows = (all: readonly (readonly number[])[]) =>
    Float64Array.from({ length: classes * pixels }, (_, at) => all[at % pixels]![Math.floor(at / pixels)]!);
  const oneHot = (values: readonly number[]) => {
    const largest = values.indexOf(Math.max(...values));
    return values.map((_, c) => Number(c === largest));
  };
  return fc.tuple(columns, columns, keep).map(([p, y, kept]) => {
    const truth = rows(hard ? y.map(oneHot) : y);
    return {
      id: 'drawn',
      classes,
      pixels,
      images: 1,
      probabilities: rows(p),
      truth,
      raters: truth,
      keep: kept,
    };
  });
}

const casesOf = (hard: boolean) =>
  shape.chain((drawn) => fc.array(caseOf(drawn, hard), { minLength: 1, maxLength: 4 }));
const cases = fc.boolean().chain(casesOf);
const oneCase = fc.boolean().chain((hard) => shape.chain((drawn) => caseOf(drawn, hard)));

function close(a: number | undefined, b: number | undefined) {
  if (a === undefined || b === undefined) expect(a).toBe(b);
  else expect(a).toBeCloseTo(b, 10);
}

const runs = { numRuns: 60 };

describe.each(byName)('$name', ({ name, of, range, perfect }) => {
  test('does not depend on the order of the cases', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom<Pooled>('case', 'image', 'data'), (all, by) => {
        close(scoreOf(of(by), ...all), scoreOf(of(by), ...[...all].reverse()));
      }),
      runs,
    );
  });

  test('of one case is the same by case and by data, and by image where the case is one', () => {
    fc.assert(
      fc.property(oneCase, (one) => {
        const byCase = scoreOf(of('case'), one);
        // `auto` counts other classes by image.
        if (name !== 'dice, skip') close(scoreOf(of('image'), one), byCase);
        close(scoreOf(of('data'), one), byCase);
      }),
      runs,
    );
  });

  test('of a stack by image is that of its images as cases', () => {
    fc.assert(
      fc.property(cases, (all) => {
        close(scoreOf(of('image'), stacked(all)), scoreOf(of('image'), ...all));
      }),
      runs,
    );
  });

  test('by data, case after case, is that of all pixels at once', () => {
    if (name === 'ace') return;
    fc.assert(
      fc.property(cases, (all) => {
        close(scoreOf(of('data'), ...all), scoreOf(of('data'), stacked(all)));
      }),
      runs,
    );
  });

  test('keeps plain data of a case, from which the same score comes', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom<Pooled>('case', 'image', 'data'), (all, by) => {
        const metric = of(by);
        const parts = all.map((one) => metric.of(one));
        expect(metric.value(JSON.parse(JSON.stringify(parts)))).toBe(metric.value(parts));
      }),
      runs,
    );
  });

  test('of a case that comes in pieces is that of the whole, where pieces can be joined', () => {
    const by = fc.constantFrom<Pooled>('case', 'image', 'data');
    fc.assert(
      fc.property(cases, fc.array(cases, { maxLength: 1 }), by, (images, others, counted) => {
        const metric = of(counted);
        if (!metric.join) {
          expect(['ace', 'extreme']).toContain(name);
          return;
        }
        const rest = others.flat().map((one) => metric.of(one));
        const joined = metric.join(images.map((one) => metric.of(one)));
        const sameClasses = others.flat().every(({ classes }) => classes === images[0]!.classes);
        const beside = sameClasses ? rest : [];
        close(metric.value([joined, ...beside]), metric.value([metric.of(stacked(images)), ...beside]));
      }),
      runs,
    );
  });

  test('is in its range', () => {
    fc.assert(
      fc.property(cases, (all) => {
        const value = scoreOf(of('case'), ...all);
        if (value === undefined) return;
        expect(value).toBeGreaterThanOrEqual(range[0] - 1e-12);
        expect(value).toBeLessThanOrEqual(range[1] + 1e-12);
      }),
      runs,
    );
  });

  test('of a prediction that equals its hard truth is the best', () => {
    fc.assert(
      fc.property(casesOf(true), (all) => {
        const exact = all.map((one) => ({ ...one, probabilities: one.truth }));
        const value = scoreOf(of('case'), ...exact);
        if (value !== undefined) expect(value).toBeCloseTo(perfect, 12);
      }),
      runs,
    );
  });

  test('sees nothing of a pixel that is not kept', () => {
    fc.assert(
      fc.property(oneCase, (one) => {
        const spoilt = (values: ArrayLike<number>) =>
          Float64Array.from(values, (value, at) => (one.keep[at % one.pixels] ? value : 1 - value));
        const other = { ...one, probabilities: spoilt(one.probabilities), truth: spoilt(one.truth) };
        expect(scoreOf(of('image'), other)).toBe(scoreOf(of('image'), one));
      }),
      runs,
    );
  });
});

test('bdice, brier and the errors of calibration of a prediction equal to its soft truth are the best', () => {
  fc.assert(
    fc.property(casesOf(false), (all) => {
      const exact = all.map((one) => ({ ...one, probabilities: one.truth }));
      const best = (metric: Metric, expected: number) => {
        const value = scoreOf(metric, ...exact);
        if (value !== undefined) expect(value).toBeCloseTo(expected, 12);
      };
      best(bdice(), 1);
      best(brier(), 0);
      best(ece(), 0);
      best(sce({ hit: 'label' }), 0);
      best(ace(), 0);
    }),
    runs,
  );
});

test('nll is lowest at the truth', () => {
  fc.assert(
    fc.property(cases, (all) => {
      const exact = all.map((one) => ({ ...one, probabilities: one.truth }));
      const [value, least] = [scoreOf(nll(), ...all), scoreOf(nll(), ...exact)];
      if (value !== undefined) expect(value).toBeGreaterThanOrEqual(least! - 1e-12);
    }),
    runs,
  );
});

test('dice is 2J / (1 + J) of the Jaccard index J of one class', () => {
  fc.assert(
    fc.property(oneCase, (one) => {
      const j = scoreOf(jaccard({ classes: [1] }), one);
      close(scoreOf(dice({ classes: [1] }), one), j === undefined ? undefined : (2 * j) / (1 + j));
    }),
    runs,
  );
});

test('the lowest share of the values is never above a larger share, nor the deciles beyond them', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const by = fc.constantFrom<OverlapOptions['by'] & string>('case', 'image', 'class', 'data');
  fc.assert(
    fc.property(cases, share, share, by, (all, a, b, counted) => {
      const of = (worst: number | 'deciles') => scoreOf(dice({ by: counted, worst }), ...all);
      const [low, high] = [of(Math.min(a, b)), of(Math.max(a, b))];
      if (low === undefined || high === undefined) return;
      expect(low).toBeLessThanOrEqual(high + 1e-12);
      expect(of('deciles')).toBeGreaterThanOrEqual(of(0)! - 1e-12);
      expect(of('deciles')).toBeLessThanOrEqual(of(1)! + 1e-12);
    }),
    runs,
  );
});
