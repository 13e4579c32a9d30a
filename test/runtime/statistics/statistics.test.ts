import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bcaInterval, bootstrap } from '../../../runtime/statistics/bootstrap.ts';
import { holm } from '../../../runtime/statistics/multiplicity.ts';
import { normalQuantile, normalShare } from '../../../runtime/statistics/normal.ts';
import { observations, type PairedRun } from '../../../runtime/statistics/paired.ts';
import { signedRank, signedRankShares } from '../../../runtime/statistics/signed-rank.ts';
import { wilcoxon } from '../../../runtime/statistics/wilcoxon.ts';

const few = [0.021, -0.004, 0.013, 0.032, 0.007, -0.011, 0.019, 0.025];
const cases26 = [
  0.020368, 0.034649, 0.019913, -0.029095, 0.037161, 0.023391, -0.006109, 0.027434, 0.020937, 0.018824,
  0.010853, 0.026401, -0.012094, 0.005113, -0.004464, 0.027965, 0.011192, 0.001226, -0.013457, 0.002284,
  0.010244, 0.001732, 0.048822, 0.040202, -0.071335, -0.04667,
];
const sixty = Array.from({ length: 60 }, (_, i) => (((i * 37) % 101) - 40) / 1000 + i * 1e-6);
const zeros = [0, 0, 1, 2, -1, 3, 4, -2, 5, 0, 6];

const differences = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 30 });
const runOf = (difference: number, cases: Readonly<Record<string, number>> = {}): PairedRun => ({
  difference,
  cases: Object.entries(cases).map(([id, value]) => ({ case: id, difference: value })),
});

describe('the signed-rank test', () => {
  // scipy.stats.wilcoxon 1.17.1: mode 'exact', or 'approx' with correction=True.
  test.each([
    ['of eight differences', few, 'wilcoxon', 0.0546875, 'exact'],
    ['of five positive ones, 2 / 2⁵', [1.2, 2.1, 3.3, 4.5, 5.1], 'wilcoxon', 0.0625, 'exact'],
    ['of 26 cases', cases26, 'wilcoxon', 0.05935487151145935, 'exact'],
    ['of more than 50', sixty, 'wilcoxon', 0.021419856207743976, 'normal approximation'],
    ['with ties', [1, 2, 2, -2, 3, 3, -1, 4, 5, -1], 'wilcoxon', 0.06495797077612134, 'normal approximation'],
    ['without its zeros', zeros, 'wilcoxon', 0.07931816374405432, 'normal approximation'],
    ['with its zeros in the ranks', zeros, 'pratt', 0.09496158759170203, 'normal approximation'],
    [
      'with one zero',
      [1, -2, -3, 4.5, 2.6, -2.7, 0, 1.5, -1.6],
      'wilcoxon',
      0.8336348830246822,
      'normal approximation',
    ],
  ] as const)('%s', (_, values, rule, p, method) => {
    expect(signedRank(values, rule)).toEqual({ p: expect.closeTo(p, 12), method });
  });

  test('says nothing against the baseline where all differences are 0', () => {
    expect(signedRank([0, 0, 0], 'wilcoxon').p).toBe(1);
    expect(signedRank([0], 'pratt').p).toBe(1);
  });

  test('takes differences that are equal but for rounding as ties', () => {
    expect(signedRank([0.1 + 0.2, -0.3, 1], 'wilcoxon').method).toBe('normal approximation');
  });

  test('sees neither sign, nor order, nor scale', () => {
    fc.assert(
      fc.property(differences, fc.constantFrom('wilcoxon' as const, 'pratt' as const), (values, rule) => {
        const { p } = signedRank(values, rule);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        for (const other of [values.map((v) => -v), [...values].reverse(), values.map((v) => v / 1000)])
          expect(signedRank(other, rule).p).toBeCloseTo(p, 12);
      }),
    );
  });

  test.each([1, 2, 7, 20, 50])('its null distribution of %i differences sums to 1 and is symmetric', (n) => {
    const shares = signedRankShares(n);
    expect(shares).toHaveLength((n * (n + 1)) / 2 + 1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const [i, share] of shares.entries()) expect(share).toBe(shares.at(-1 - i));
  });

  test('counts every way to give signs', () => {
    const ways = Array(11).fill(0);
    for (let signs = 0; signs < 16; signs++)
      ways[[1, 2, 3, 4].reduce((sum, rank, i) => sum + ((signs >> i) & 1) * rank, 0)] += 1 / 16;
    expect(signedRankShares(4)).toEqual(ways);
  });
});

describe('the correction of Holm', () => {
  test('multiplies the smallest by all, the next by one less, and never falls', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5), "holm") in R.
    const corrected = holm([0.01, 0.04, 0.03, 0.005, 0.5]);
    for (const [i, p] of [0.04, 0.09, 0.09, 0.025, 0.5].entries()) expect(corrected[i]).toBeCloseTo(p, 14);
    expect(holm([])).toEqual([]);
  });

  test('keeps the order, lowers nothing, and stays within Bonferroni', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, (list) => {
        const corrected = holm(list);
        for (const [i, p] of list.entries()) {
          expect(corrected[i]).toBeGreaterThanOrEqual(p);
          expect(corrected[i]).toBeLessThanOrEqual(Math.min(1, p * list.length));
          for (const [j, q] of list.entries())
            if (p < q) expect(corrected[i]).toBeLessThanOrEqual(corrected[j]!);
        }
      }),
    );
  });
});

describe('the bootstrap', () => {
  // scipy.stats.bootstrap 1.17.1, BCa with 200,000 samples: equal but for the samples that were drawn.
  test.each([
    [few, 0.95, 0.00225, 0.0213],
    [few, 0.9, 0.0041, 0.0201],
    [[0.001, 0.002, 0.002, 0.003, 0.005, 0.008, 0.013, 0.021, 0.034, 0.055, 0.089], 0.95, 0.0093, 0.0438],
  ])('agrees with another one', (values, confidence, low, high) => {
    const found = bcaInterval(values, { confidence, resamples: 20_000, seed: 3 });
    expect(Math.abs(found.low - low)).toBeLessThan(0.0007);
    expect(Math.abs(found.high - high)).toBeLessThan(0.0011);
  });

  test('is the same for the same seed, and moves and mirrors with the values', () => {
    const options = { confidence: 0.95, resamples: 500, seed: 1 };
    const { low, high } = bcaInterval(few, options);
    expect(bcaInterval(few, options)).toEqual({ low, high });
    expect(bcaInterval(few, { ...options, seed: 2 })).not.toEqual({ low, high });
    const moved = bcaInterval(
      few.map((value) => value + 1),
      options,
    );
    expect(moved.low).toBeCloseTo(low + 1, 9);
    const mirrored = bcaInterval(
      few.map((value) => -value),
      options,
    );
    expect(mirrored.high).toBeCloseTo(-low, 4);
    expect(mirrored.low).toBeCloseTo(-high, 4);
  });

  test('gives no interval of one pair, and none of width for equal ones', () => {
    expect(bootstrap([[runOf(0.1)]], { over: 'runs' })[0]).toEqual({ n: 1, method: 'BCa, 10000 samples' });
    expect(bootstrap([[runOf(0.25), runOf(0.25)]], { over: 'runs' })[0]!.interval).toEqual({
      low: 0.25,
      high: 0.25,
    });
  });
});

describe('what is compared', () => {
  test('is a case by its mean over the runs that score it, or a run', () => {
    const contrast = [runOf(0.1, { a: 1, b: 2 }), runOf(0.3, { a: 3, c: 4 })];
    expect(observations(contrast, 'cases')).toEqual([2, 2, 4]);
    expect(observations(contrast, 'runs')).toEqual([0.1, 0.3]);
  });

  test('of a table is corrected together; what has no pairs is left out', () => {
    const contrasts = [few.map((d) => runOf(d)), [], [1, 2, 3, 4, 5].map((d) => runOf(d))];
    const [a, none, b] = wilcoxon(contrasts, { over: 'runs' });
    expect(none).toBeUndefined();
    expect(a).toEqual({ n: 8, p: 0.109375, uncorrected: 0.0546875, method: 'exact' });
    expect(b).toEqual({ n: 5, p: 0.109375, uncorrected: 0.0625, method: 'exact' });
    expect(wilcoxon(contrasts, { over: 'runs', correction: 'none' })[2]).toEqual({
      n: 5,
      p: 0.0625,
      method: 'exact',
    });
  });
});

describe('the normal distribution', () => {
  test.each([
    [-8, 6.22096057427174e-16],
    [-3.5, 0.00023262907903552502],
    [-3, 0.0013498980316300933],
    [-1.96, 0.024997895148220435],
    [0, 0.5],
    [0.1, 0.539827837277029],
    [3.2, 0.9993128620620841],
  ])('below %d', (z, share) => {
    expect(normalShare(z) / share).toBeCloseTo(1, 11);
  });

  test('turned round', () => {
    expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 9);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  });
});
