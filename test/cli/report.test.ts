import { expect, test } from 'vitest';
import { printAggregates, printSweep } from '../../cli/run/tables.ts';

const dice = { metric: 'dice', options: '', on: 'raters |> majority' };
const nll = { metric: 'nll', options: 'by: data', on: 'raters |> average', unit: 'nats' };
const brier = { metric: 'brier', options: '', on: 'raters |> average', unit: 'number' };

test('scores are in percent where all are fractions', () => {
  expect(printAggregates([{ ...dice, statistic: { mean: 0.9241, deviation: 0.012, runs: 3 } }])).toBe(
    [
      'metric  ground truth                 %  runs',
      '────────────────────────────────────────────',
      'dice    raters |> majority  92.4 ± 1.2     3',
      '',
    ].join('\n'),
  );
});

test('beside scores in another unit each has its own', () => {
  const text = printAggregates([
    { ...dice, statistic: { mean: 0.9241, runs: 1 } },
    { ...nll, statistic: { mean: 0.35124, deviation: 0.01, runs: 2 } },
    { ...brier, statistic: { mean: 0.1, runs: 1 } },
    nll,
  ]);
  expect(text).toBe(
    [
      'metric         ground truth                       value  runs',
      '─────────────────────────────────────────────────────────────',
      'dice           raters |> majority                92.4 %     1',
      'nll(by: data)  raters |> average   0.3512 ± 0.0100 nats     2',
      'brier          raters |> average                 0.1000     1',
      'nll(by: data)  raters |> average                      –     0',
      '',
    ].join('\n'),
  );
});

test('a sweep says below its table what each column is in', () => {
  const cells = [{ mean: 0.5, runs: 1 }, { mean: 0.25, runs: 1 }, null];
  const table = (columns: Parameters<typeof printSweep>[0]['columns']) =>
    printSweep({
      factors: [],
      columns,
      rows: [{ arm: 1, values: [], cells: cells.slice(0, columns.length) }],
    }).split('\n');
  expect(table([dice, nll, brier]).slice(-4)).toEqual([
    '  1      50.0         0.2500        –',
    'in percent, nll in nats, brier as it is; below each metric is the ground truth that it is on',
    '',
    '',
  ]);
  expect(table([dice]).at(-3)).toBe('in percent; below each metric is the ground truth that it is on');
  expect(table([nll]).at(-3)).toBe('nll in nats; below each metric is the ground truth that it is on');
});
