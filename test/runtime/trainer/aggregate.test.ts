import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expectation } from '../../../compiler/experiment.ts';
import { aggregate, judge, statistic, tabulate } from '../../../runtime/trainer/aggregate.ts';
import { smallExperiment } from '../../support/experiment.ts';

const dice = { metric: 'dice', options: '', on: 'raters |> majority' };
const ece = { metric: 'ece', options: '', on: 'raters |> average' };
const eceOnMajority = { ...ece, on: 'raters |> majority' };
const expectation = (
  metric: string,
  operator: Expectation['operator'],
  value: Expectation['value'],
): Expectation => ({ metric, operator, value, span: smallExperiment.span });
const withMean = (measure: typeof dice, mean: number) => ({ ...measure, statistic: { mean, runs: 1 } });

test('The deviation is that of a sample, and a single run has none', () => {
  expect(statistic([])).toBeUndefined();
  expect(statistic([0.5])).toEqual({ mean: 0.5, runs: 1 });
  expect(statistic([1, 2, 3, 4])).toMatchObject({ mean: 2.5, deviation: Math.sqrt(5 / 3), runs: 4 });
});

test('The interval is that of the mean at 95 %, by Student’s t with n − 1 degrees of freedom', () => {
  const { interval } = statistic([1, 2, 3, 4])!;
  const half = (3.182446305 * Math.sqrt(5 / 3)) / 2;
  expect(interval!.low).toBeCloseTo(2.5 - half, 8);
  expect(interval!.high).toBeCloseTo(2.5 + half, 8);
  expect(statistic([0.5, 0.5])!.interval).toEqual({ low: 0.5, high: 0.5 });
});

test('Moving all values moves the mean and leaves the deviation', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(values, fc.double({ min: -1, max: 1, noNaN: true }), (list, shift) => {
      const [a, b] = [statistic(list)!, statistic(list.map((value) => value + shift))!];
      expect(b.mean).toBeCloseTo(a.mean + shift, 9);
      expect(b.deviation).toBeCloseTo(a.deviation!, 9);
    }),
  );
});

test('A metric is averaged over the runs that have a value for it', () => {
  const runs = [
    [{ ...dice, value: 0.8 }, ece],
    [{ ...dice, value: 0.6 }, ece],
  ];
  expect(aggregate([dice, ece], runs)).toEqual([
    {
      ...dice,
      statistic: {
        mean: 0.7,
        deviation: expect.closeTo(0.1414, 4),
        interval: { low: expect.closeTo(0.7 - 1.2706, 4), high: expect.closeTo(0.7 + 1.2706, 4) },
        runs: 2,
      },
    },
    ece,
  ]);
});

test.each([
  ['<', 0.5, false],
  ['<=', 0.5, true],
  ['>', 0.5, false],
  ['>=', 0.5, true],
  ['<', 0.6, true],
  ['>', 0.4, true],
  ['in', { low: 0.4, high: 0.5 }, true],
  ['in', { low: 0.1, high: 0.4 }, false],
] as const)('A mean of 0.5 against %s %o', (operator, value, holds) => {
  const [verdict] = judge([expectation('dice', operator, value)], [withMean(dice, 0.5)], true);
  expect(verdict).toMatchObject({ verdict: holds ? 'holds' : 'fails', value: 0.5 });
});

test('Nothing is decided while runs are missing, or where a metric has no value', () => {
  const claims = [expectation('dice', '>', 0.1)];
  expect(judge(claims, [withMean(dice, 0.5)], false)).toEqual([
    { claim: 'dice > 0.1', verdict: 'undecided', value: 0.5 },
  ]);
  expect(judge(claims, [dice], true)).toEqual([{ claim: 'dice > 0.1', verdict: 'undecided' }]);
});

test('A claim about a metric on two truths must hold on both', () => {
  const means = [withMean(ece, 0.02), withMean(eceOnMajority, 0.2)];
  const claim = expectation('ece', 'in', { low: 0, high: 0.05 });
  expect(judge([claim], means, true)).toEqual([{ claim: 'ece in 0 .. 0.05', verdict: 'fails', value: 0.2 }]);
});

test('The columns of a table are all metrics of all arms, the same metric on another truth being another column', () => {
  const arms = [
    { number: 1, values: ['a'], aggregates: [withMean(dice, 0.1), withMean(ece, 0.2)] },
    { number: 2, values: ['b'], aggregates: [withMean(eceOnMajority, 0.3), dice] },
  ];
  expect(tabulate(['labels'], arms)).toEqual({
    factors: ['labels'],
    columns: [dice, ece, eceOnMajority],
    rows: [
      { arm: 1, values: ['a'], cells: [{ mean: 0.1, runs: 1 }, { mean: 0.2, runs: 1 }, null] },
      { arm: 2, values: ['b'], cells: [null, null, { mean: 0.3, runs: 1 }] },
    ],
  });
});
