import { expectationForm } from '../../compiler/canonical/value-form.ts';
import type { Expectation, Measure } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Problem } from './problem.ts';
import type { Aggregate, Measured, RunResult, Score, Statistic, SweepTable, Verdict } from './result.ts';
import { casesOf } from './scored-sets.ts';
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

/** The worst case of each metric over some runs: the lowest value, or the highest where less is better. */
export const worstCases = (
  measures: readonly Measure[],
  runs: readonly RunResult[],
  registry: Registry,
): readonly (number | undefined)[] =>
  measures.map((measure, i) =>
    worstOf(
      measure,
      runs.flatMap((run) => casesOf(run, i).flatMap(({ value }) => value ?? [])),
      registry,
    ),
  );

/** The worst of some values of a metric; `undefined` of none. */
export function worstOf(
  { metric }: Measure,
  values: readonly number[],
  registry: Registry,
): number | undefined {
  if (values.length === 0) return undefined;
  const isLowerBetter = registry.metric[metric.name]?.tags.better === 'lower';
  return values.reduce((a, b) => (isLowerBetter ? Math.max(a, b) : Math.min(a, b)));
}

/**
 * Compares what the runs gave with what the experiment expects. A metric that is evaluated on several truths must meet it
 * on all.
 *
 * @param worst of each aggregate, from `worstCases`
 */
export function judge(
  expectations: readonly Expectation[],
  aggregates: readonly Aggregate[],
  complete: boolean,
  worst: readonly (number | undefined)[] = [],
): readonly Verdict[] {
  return expectations.map((expectation) => {
    const { of, data, metric } = expectation;
    const claim = expectationForm(expectation);
    const values = aggregates.flatMap(({ statistic: found, ...measured }, i) => {
      if (measured.metric !== metric || measured.data !== data) return [];
      return (of === 'worst' ? worst[i] : aspectOf(found, of)) ?? [];
    });
    const failing = values.find((value) => !holds(expectation, value));
    const value = failing ?? values[0];
    if (value === undefined || !complete)
      return { claim, verdict: 'undecided', ...(value === undefined ? {} : { value }) };
    return { claim, verdict: failing === undefined ? 'holds' : 'fails', value };
  });
}

/** The mean, or an end of its interval. */
export const aspectOf = (
  found: Statistic | undefined,
  of: 'lower' | 'upper' | undefined,
): number | undefined =>
  of === undefined ? found?.mean : found?.interval?.[of === 'lower' ? 'low' : 'high'];

/** Whether a number is as claimed. */
export function holds({ operator, value }: Pick<Expectation, 'operator' | 'value'>, found: number): boolean {
  const [low, high] = typeof value === 'number' ? [value, value] : [value.low, value.high];
  const comparisons = {
    '<': found < low,
    '<=': found <= low,
    '>': found > low,
    '>=': found >= low,
    in: low <= found && found <= high,
  };
  return comparisons[operator];
}

/** Equal for what is the same column of a table. */
export const measuredKey = ({ data, metric, options, on }: Measured): string =>
  JSON.stringify([data ?? '', metric, options, on]);

/** The arms of a sweep against its metrics; a metric that an arm does not have leaves a gap. */
export function tabulate(
  factors: readonly string[],
  arms: readonly {
    readonly number: number;
    readonly values: readonly string[];
    readonly aggregates: readonly Aggregate[];
    readonly problem?: Problem | undefined;
  }[],
): SweepTable {
  const columns = new Map<string, Measured>();
  for (const { aggregates } of arms)
    for (const { statistic: _, ...column } of aggregates) columns.set(measuredKey(column), column);
  return {
    factors,
    columns: [...columns.values()],
    rows: arms.map(({ number, values, aggregates, problem }) => ({
      arm: number,
      values,
      ...(problem ? { problem: problem.message } : {}),
      cells: [...columns.keys()].map(
        (key) => aggregates.find((entry) => measuredKey(entry) === key)?.statistic ?? null,
      ),
    })),
  };
}
