import type { Expectation } from '../../compiler/experiment.ts';
import { claimText } from './naming.ts';
import type { Aggregate, Measured, Score, Statistic, SweepTable, Verdict } from './result.ts';
import { studentQuantile } from './student-t.ts';

/** Mean, sample standard deviation and the 95 % interval of the mean; `undefined` of nothing. */
export function statistic(values: readonly number[]): Statistic | undefined {
  const runs = values.length;
  if (runs === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  if (runs === 1) return { mean, runs };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (runs - 1));
  const half = (studentQuantile(0.95, runs - 1) * deviation) / Math.sqrt(runs);
  return { mean, deviation, interval: { low: mean - half, high: mean + half }, runs };
}

/** Each metric over the runs that have a value; `runs` holds the scores of each run, in the order of `measures`. */
export function aggregate(
  measures: readonly Measured[],
  runs: readonly (readonly Score[])[],
): readonly Aggregate[] {
  return measures.map((measure, i) => {
    const values = runs.flatMap((scores) => scores[i]?.value ?? []);
    const found = statistic(values);
    return { ...measure, ...(found ? { statistic: found } : {}) };
  });
}

/** Compares the means with what the experiment expects. A metric that is evaluated on several truths must meet it on all. */
export function judge(
  expectations: readonly Expectation[],
  aggregates: readonly Aggregate[],
  complete: boolean,
): readonly Verdict[] {
  return expectations.map((expectation) => {
    const claim = claimText(expectation);
    const means = aggregates
      .filter(({ metric }) => metric === expectation.metric)
      .flatMap(({ statistic: found }) => found?.mean ?? []);
    const failing = means.find((mean) => !holds(expectation, mean));
    const value = failing ?? means[0];
    if (value === undefined || !complete)
      return { claim, verdict: 'undecided', ...(value === undefined ? {} : { value }) };
    return { claim, verdict: failing === undefined ? 'holds' : 'fails', value };
  });
}

function holds({ operator, value }: Expectation, mean: number): boolean {
  const [low, high] = typeof value === 'number' ? [value, value] : [value.low, value.high];
  const comparisons = {
    '<': mean < low,
    '<=': mean <= low,
    '>': mean > low,
    '>=': mean >= low,
    in: low <= mean && mean <= high,
  };
  return comparisons[operator];
}

/** The arms of a sweep against its metrics; a metric that an arm does not have leaves a gap. */
export function tabulate(
  factors: readonly string[],
  arms: readonly {
    readonly number: number;
    readonly values: readonly string[];
    readonly aggregates: readonly Aggregate[];
  }[],
): SweepTable {
  const keyOf = ({ metric, options, on }: Measured) => JSON.stringify([metric, options, on]);
  const columns = new Map<string, Measured>();
  for (const { aggregates } of arms)
    for (const { statistic: _, ...column } of aggregates) columns.set(keyOf(column), column);
  return {
    factors,
    columns: [...columns.values()],
    rows: arms.map(({ number, values, aggregates }) => ({
      arm: number,
      values,
      cells: [...columns.keys()].map(
        (key) => aggregates.find((entry) => keyOf(entry) === key)?.statistic ?? null,
      ),
    })),
  };
}
