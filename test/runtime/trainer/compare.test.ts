import { describe, expect, test } from 'vitest';
import type { Claim, Compare } from '../../../compiler/experiment.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { type ArmResults, compareArms } from '../../../runtime/trainer/compare.ts';
import type { RunResult } from '../../../runtime/trainer/result.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';

const { span } = smallExperiment;
const majority = { ...average, steps: [use('majority')], soft: false };
const dice = { metric: use('dice'), on: majority, span };
const ece = { metric: use('ece', { bins: 10, where: 'all' }), on: average, span };

/** Arms a/1 … of a sweep over labels and width, and what their comparison asks for. */
const compareOf = (values: readonly (readonly string[])[], changes: Partial<Compare> = {}): Compare => ({
  name: 'table',
  doc: undefined,
  factors: ['labels', 'width'],
  arms: values.map((own, i) => ({
    experiment: { ...smallExperiment, name: `s/${i + 1}`, evaluate: [dice] },
    arm: { number: i + 1, values: own },
    values: own,
  })),
  rows: ['labels', 'width'],
  columns: [],
  metrics: [dice],
  baseline: undefined,
  statistic: undefined,
  expect: [],
  span,
  ...changes,
});

/** A run with a score a metric, and values a case. */
const run = (
  fold: number,
  seed: number,
  scores: readonly number[],
  cases: Readonly<Record<string, readonly (number | null)[]>> = {},
): RunResult =>
  ({
    fold,
    seed,
    scores: scores.map((value) => ({ value })),
    cases: Object.entries(cases).map(([id, values]) => ({ case: id, values })),
  }) as unknown as RunResult;

const done = (...results: RunResult[]): ArmResults => ({ results, complete: true });

const cellsOf = async (compare: Compare, results: readonly ArmResults[]) =>
  (await compareArms(compare, results, registry)).table.rows.map(({ values, cells }) => [
    values.join(' '),
    ...cells.map(({ statistic }) => statistic?.mean),
  ]);

describe('The table', () => {
  const compare = compareOf([
    ['voted', '8'],
    ['voted', '16'],
    ['mean', '8'],
    ['mean', '16'],
  ]);
  const results = [0.5, 0.6, 0.7, 0.8].map((value) => done(run(0, 0, [value])));

  test('has a row for each arm', async () => {
    expect(await cellsOf(compare, results)).toEqual([
      ['voted 8', 0.5],
      ['voted 16', 0.6],
      ['mean 8', 0.7],
      ['mean 16', 0.8],
    ]);
  });

  test('has factors across, and means over factors that are in neither', async () => {
    expect(await cellsOf({ ...compare, rows: ['labels'], columns: ['width'] }, results)).toEqual([
      ['voted', 0.5, 0.6],
      ['mean', 0.7, 0.8],
    ]);
    expect(await cellsOf({ ...compare, rows: ['labels'] }, results)).toEqual([
      ['voted', 0.55],
      ['mean', 0.75],
    ]);
    expect(await cellsOf({ ...compare, rows: [] }, results)).toEqual([['', 0.65]]);
  });

  test('leaves gaps where an arm is not there, was not reached, failed, or does not measure', async () => {
    const { arms } = compare;
    const other = { ...arms[3]!, experiment: { ...arms[3]!.experiment, evaluate: [ece] } };
    const some = { ...compare, arms: [arms[0]!, arms[1]!, other], metrics: [dice, ece] };
    const wide = { ...some, rows: ['labels'], columns: ['width'] };
    expect(await cellsOf(wide, results.slice(0, 2))).toEqual([
      ['voted', 0.5, undefined, 0.6, undefined],
      ['mean', undefined, undefined, undefined, undefined],
    ]);
    const problem = { message: 'It broke.', help: '', exit: 1 as const };
    const { table } = await compareArms(wide, [{ results: [], complete: false, problem }], registry);
    expect(table.rows[0]!.cells[0]).toEqual({ arms: ['s/1'], statistic: null, problem: 'It broke.' });
  });
});

describe('A difference to the baseline', () => {
  const baseline = { text: '(labels: voted)', arms: [0], of: [[], [0]] };
  const compare = compareOf(
    [
      ['voted', '8'],
      ['mean', '8'],
    ],
    { baseline, statistic: use('wilcoxon', { over: 'cases', correction: 'none', zeros: 'wilcoxon' }) },
  );
  const differenceOf = async (results: readonly ArmResults[], changes: Partial<Compare> = {}) =>
    (await compareArms({ ...compare, ...changes }, results, registry)).table.rows[1]!.cells[0]!.difference;

  test('is of runs of equal fold and seed, and of their cases', async () => {
    const ours = done(
      run(0, 0, [0.7], { a: [0.6], b: [0.8] }),
      run(1, 0, [0.9], { c: [0.9] }),
      run(1, 1, [0.5], { c: [0.5] }),
    );
    const theirs = done(
      run(1, 0, [0.6], { c: [0.6] }),
      run(0, 0, [0.6], { a: [0.5], b: [0.7] }),
      run(0, 7, [0], { a: [0], b: [0] }),
    );
    const found = await differenceOf([theirs, ours]);
    expect(found).toEqual({
      to: ['s/1'],
      mean: expect.closeTo((0.1 + 0.3) / 2, 12),
      runs: 2,
      n: 3,
      p: expect.any(Number),
      method: 'normal approximation',
    });
    const runs = use('wilcoxon', { over: 'runs', correction: 'none', zeros: 'wilcoxon' });
    expect(await differenceOf([theirs, ours], { statistic: runs })).toMatchObject({ n: 2, p: 0.5 });
  });

  test('leaves out cases without a value, and runs on other cases', async () => {
    const ours = done(run(0, 0, [0.7], { a: [0.6], b: [null] }), run(1, 0, [0.9], { c: [0.9] }));
    const theirs = done(run(0, 0, [0.6], { a: [0.5], b: [0.7] }), run(1, 0, [0.6], { d: [0.6] }));
    expect(await differenceOf([theirs, ours])).toMatchObject({ runs: 1, n: 1 });
    expect(await differenceOf([done(run(2, 0, [0.1])), ours])).toBeUndefined();
  });

  test('is to the mean of several, and marks the baseline itself', async () => {
    const three = compareOf(
      [
        ['voted', '8'],
        ['voted', '16'],
        ['mean', '8'],
      ],
      { baseline: { text: 'b', arms: [0, 1], of: [[], [], [0, 1]] } },
    );
    const results = [0.5, 0.7, 0.9].map((value) => done(run(0, 0, [value])));
    const { rows } = (await compareArms(three, results, registry)).table;
    expect(rows.map(({ cells }) => cells[0]!.isBaseline)).toEqual([true, true, undefined]);
    expect(rows[2]!.cells[0]!.difference).toEqual({
      to: ['s/1', 's/2'],
      mean: expect.closeTo(0.3, 12),
      runs: 1,
    });
  });

  test('is corrected over all of the table', async () => {
    const wilcoxon = use('wilcoxon', { over: 'runs', correction: 'holm', zeros: 'wilcoxon' });
    const runs = (shift: number) =>
      done(...[0, 1, 2, 3, 4].map((seed) => run(0, seed, [0.5 + shift * (1 + seed / 10)])));
    const three = compareOf(
      [
        ['a', '8'],
        ['b', '8'],
        ['c', '8'],
      ],
      { baseline: { text: 'a', arms: [0], of: [[], [0], [0]] }, statistic: wilcoxon },
    );
    const { rows } = (await compareArms(three, [runs(0), runs(0.1), runs(0.2)], registry)).table;
    expect(rows[1]!.cells[0]!.difference).toMatchObject({ p: 0.125, uncorrected: 0.0625, n: 5 });
  });
});

describe('A claim', () => {
  const term = (arms: readonly number[], weight = 1) => ({ weight, arms, metric: 0 });
  const claim = (
    left: Claim['left'],
    operator: Claim['operator'],
    right: Claim['right'],
  ): Pick<Compare, 'expect'> => ({ expect: [{ text: 'claim', left, operator, right, span }] });
  const number = (constant: number) => ({ terms: [], constant });
  const results = [
    done(run(0, 0, [0.5], { a: [0.4], b: [0.6] }), run(0, 1, [0.6], { a: [0.6], b: [0.6] })),
    done(run(0, 0, [0.7], { a: [0.7], b: [0.7] }), run(0, 1, [0.85], { a: [0.8], b: [0.9] })),
  ];
  const verdictOf = async (
    { expect: claims }: Pick<Compare, 'expect'>,
    given: readonly ArmResults[] = results,
    changes: Partial<Compare> = {},
  ) => {
    const compare = compareOf(
      [
        ['a', '8'],
        ['b', '8'],
      ],
      changes,
    );
    return (await compareArms({ ...compare, expect: claims }, given, registry)).verdicts[0];
  };

  test('is about means over runs', async () => {
    const better = claim({ terms: [term([1])], constant: 0 }, '>', { terms: [term([0])], constant: 0 });
    expect(await verdictOf(better)).toEqual({
      claim: 'claim',
      verdict: 'holds',
      value: expect.closeTo(0.775, 12),
      against: expect.closeTo(0.55, 12),
    });
    const range = claim({ terms: [term([0, 1])], constant: 0 }, 'in', { low: 0.6, high: 0.65 });
    expect(await verdictOf(range)).toMatchObject({ verdict: 'fails', value: expect.closeTo(0.6625, 12) });
  });

  test('about an end of an interval takes paired differences', async () => {
    const lower = claim({ of: 'lower', terms: [term([1]), term([0], -1)], constant: 0 }, '>', number(0));
    // Differences 0.2 and 0.25: mean 0.225, deviation 0.0354, t(1) = 12.706.
    const low = 0.225 - (12.7062 * 0.035355) / Math.sqrt(2);
    expect(await verdictOf(lower)).toMatchObject({ verdict: 'fails', value: expect.closeTo(low, 3) });
    const statistic = use('bootstrap', { confidence: 0.95, over: 'runs', resamples: 200, seed: 0 });
    expect(await verdictOf(lower, results, { statistic })).toMatchObject({
      verdict: 'holds',
      value: expect.closeTo(0.2, 1),
    });
  });

  test('about the worst case looks at every case of every run', async () => {
    expect(
      await verdictOf(claim({ of: 'worst', terms: [term([0, 1])], constant: 0 }, '>', number(0.5))),
    ).toEqual({
      claim: 'claim',
      verdict: 'fails',
      value: 0.4,
    });
    const high = { metrics: [ece] };
    const arms = compareOf([['a', '8']]).arms.map((arm) => ({
      ...arm,
      experiment: { ...arm.experiment, evaluate: [ece] },
    }));
    const worst = claim({ of: 'worst', terms: [term([0])], constant: 0 }, '<', number(0.5));
    expect(await verdictOf(worst, results, { ...high, arms })).toMatchObject({ value: 0.6 });
  });

  test('stays open until all runs of what it is about are finished', async () => {
    const above = (arm: number) => claim({ terms: [term([arm])], constant: 0 }, '>', number(0.1));
    const some = [{ ...results[0]!, complete: false }, results[1]!];
    expect(await verdictOf(above(0), some)).toMatchObject({
      verdict: 'undecided',
      value: expect.any(Number),
    });
    expect(await verdictOf(above(1), some)).toMatchObject({ verdict: 'holds' });
    expect(await verdictOf(above(1), [results[0]!])).toEqual({ claim: 'claim', verdict: 'undecided' });
  });
});

describe('On a test set', () => {
  const clinic = { data: smallExperiment.data, evaluate: [dice] };
  const onClinic = { ...dice, data: smallExperiment.data.name };
  const experimentOf = (name: string) => ({
    ...smallExperiment,
    name,
    evaluate: [dice],
    test: [clinic],
  });
  const side = (weight: number, arm: number, metric: number) => ({ weight, arms: [arm], metric });
  const difference = (metric: number, other = metric): Claim => ({
    text: 'claim',
    left: { of: 'lower', terms: [side(1, 1, metric), side(-1, 0, other)], constant: 0 },
    operator: '>',
    right: { terms: [], constant: 0 },
    span,
  });
  const compare = compareOf(
    [
      ['voted', '8'],
      ['mean', '8'],
    ],
    {
      arms: ['a', 'b'].map((name) => ({ experiment: experimentOf(name), values: [name] })),
      factors: ['experiment'],
      rows: ['experiment'],
      metrics: [dice, onClinic],
      baseline: { text: 'a', arms: [0], of: [[], [0]] },
      statistic: use('wilcoxon', { over: 'cases', correction: 'none', zeros: 'wilcoxon' }),
      expect: [difference(0), difference(1), difference(1, 0)],
    },
  );
  const tested = (own: RunResult, cases: Readonly<Record<string, readonly number[]>>): RunResult => ({
    ...own,
    tests: [{ ...run(0, 0, [Object.values(cases)[0]![0]!], cases), data: 'shapes', dataHash: '' }],
  });
  const arm = (plus: number, own: string) =>
    done(
      tested(run(0, 0, [0.5 + plus], { [own]: [0.5 + plus] }), { x: [0.1 + plus], y: [0.3 + 2 * plus] }),
      tested(run(0, 1, [0.6 + plus], { [own]: [0.6 + plus] }), { x: [0.1 + plus], y: [0.3 + 2 * plus] }),
    );

  test('pairs are its cases, whatever own cases the runs are scored on', async () => {
    const { table, verdicts } = await compareArms(compare, [arm(0, 'p'), arm(0.2, 'q')], registry);
    const [own, there] = table.rows[1]!.cells;
    expect(table.columns.map(({ data, metric }) => [data, metric])).toEqual([
      [undefined, 'dice'],
      ['shapes', 'dice'],
    ]);
    expect(own!.difference).toBeUndefined();
    expect(there!.difference).toMatchObject({ runs: 2, n: 2, mean: expect.closeTo(0.2, 12) });
    // Other own cases are no pair; those of a test set are, and runs alone are where one is compared with the other.
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['undecided', 'holds', 'fails']);
  });
});
