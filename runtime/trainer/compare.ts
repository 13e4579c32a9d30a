import { useText } from '../../compiler/canonical/text.ts';
import type { Claim, Combination, Compare } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { type Contrast, type Inference, mean, type StatisticFunction } from '../statistics/paired.ts';
import { aspectOf, holds, measuredKey, statistic, worstCases } from './aggregate.ts';
import { measureText } from './naming.ts';
import type { Problem } from './problem.ts';
import type { CompareCell, CompareTable, Measured, RunResult, Statistic, Verdict } from './result.ts';

/** What the runs of one arm gave. */
export interface ArmResults {
  /** Of those that are finished. */
  readonly results: readonly RunResult[];
  /** Whether these are all of its folds and seeds. */
  readonly complete: boolean;
  /** Why they are not. */
  readonly problem?: Problem | undefined;
}

export interface ComparedTable {
  readonly table: CompareTable;
  readonly verdicts: readonly Verdict[];
}

/**
 * The table of a comparison, and what becomes of its claims.
 *
 * @param results of each arm, in their order; missing for arms that were not reached
 */
export async function compareArms(
  compare: Compare,
  results: readonly ArmResults[],
  registry: Registry,
): Promise<ComparedTable> {
  const study = studyOf(compare, results, registry);
  const infer = await statisticOf(compare, registry);
  return {
    table: tableOf(compare, study, infer, registry),
    verdicts: compare.expect.map((claim) => verdictOf(claim, study, infer)),
  };
}

/** Scores by arm and metric. */
interface Study {
  readonly compare: Compare;
  /** Those that are different columns, with their places in the comparison. */
  readonly metrics: readonly { readonly metric: Measured; readonly place: number }[];
  readonly arms: readonly ArmResults[];
  readonly registry: Registry;
  /** The place of a metric of the comparison in the results of an arm, −1 where it is not measured. */
  readonly place: (arm: number, metric: number) => number;
}

function studyOf(compare: Compare, results: readonly ArmResults[], registry: Registry): Study {
  const metrics = compare.metrics.map((measure) => measureText(measure, registry));
  const keys = compare.arms.map(({ experiment }) =>
    experiment.evaluate.map((measure) => measuredKey(measureText(measure, registry))),
  );
  const wanted = metrics.map(measuredKey);
  return {
    compare,
    metrics: metrics.flatMap((metric, place) =>
      wanted.indexOf(wanted[place]!) === place ? [{ metric, place }] : [],
    ),
    arms: compare.arms.map((_, i) => results[i] ?? { results: [], complete: false }),
    registry,
    place: (arm, metric) => keys[arm]!.indexOf(wanted[metric]!),
  };
}

type Infer = (contrasts: readonly Contrast[]) => readonly (Inference | undefined)[];

async function statisticOf({ statistic: use }: Compare, registry: Registry): Promise<Infer | undefined> {
  if (!use) return undefined;
  const component = registry.statistic[use.name];
  if (!component) throw new Error(`The registry has no statistic ${use.name}.`);
  const infer = (await component.load()) as StatisticFunction<typeof use.options>;
  return (contrasts) => infer(contrasts, use.options);
}

function tableOf(compare: Compare, study: Study, infer: Infer | undefined, registry: Registry): CompareTable {
  const { rows: down, columns: across, baseline, statistic: use } = compare;
  const columns = groupsOf(compare, across).flatMap((column) =>
    study.metrics.map((metric) => ({ ...column, ...metric })),
  );
  const grid = groupsOf(compare, down).map((row) => ({
    values: row.values,
    cells: columns.map(({ arms, place }) => ({
      arms: row.arms.filter((arm) => arms.includes(arm)),
      metric: place,
    })),
  }));
  const contrasts = grid.map(({ cells }) => cells.map((cell) => contrastOf(cell, study)));
  const found = infer?.(contrasts.flat().map(({ pairs }) => pairs)) ?? [];
  return {
    down,
    across,
    ...(baseline ? { baseline: baseline.text } : {}),
    ...(use ? { statistic: useText(use, 'statistic', registry) } : {}),
    columns: columns.map(({ values, metric }) => ({ values, ...metric })),
    rows: grid.map(({ values, cells }, r) => ({
      values,
      cells: cells.map((cell, c) => cellOf(cell, study, contrasts[r]![c]!, found[r * columns.length + c])),
    })),
  };
}

/** Some arms by one metric. */
interface Cell {
  readonly arms: readonly number[];
  readonly metric: number;
}

/** Arms that agree in some factors, in the order of the arms; one group of all where there are none. */
function groupsOf({ arms, factors }: Compare, by: readonly string[]) {
  const groups = new Map<string, { readonly values: readonly string[]; readonly arms: number[] }>();
  for (const [i, arm] of arms.entries()) {
    const values = by.map((factor) => arm.values[factors.indexOf(factor)] ?? '–');
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, arms: [] };
    group.arms.push(i);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function cellOf(
  { arms, metric }: Cell,
  study: Study,
  { pairs, to }: DrawnContrast,
  inference: Inference | undefined,
): CompareCell {
  const { compare } = study;
  const values = arms.flatMap((arm) =>
    study.arms[arm]!.results.flatMap((result) => scoreOf(result, study.place(arm, metric)) ?? []),
  );
  const problem = arms.map((arm) => study.arms[arm]!.problem).find((each) => each !== undefined);
  const isBaseline = arms.length > 0 && arms.every((arm) => compare.baseline?.arms.includes(arm));
  return {
    arms: arms.map((arm) => nameOf(study, arm)),
    statistic: statistic(values) ?? null,
    ...(problem ? { problem: problem.message } : {}),
    ...(isBaseline ? { isBaseline } : {}),
    ...(pairs.length === 0
      ? {}
      : {
          difference: {
            to: to.map((arm) => nameOf(study, arm)),
            mean: mean(pairs.map(({ difference }) => difference)),
            runs: pairs.length,
            ...inference,
          },
        }),
  };
}

const nameOf = ({ compare }: Study, arm: number): string => compare.arms[arm]!.experiment.name;

const scoreOf = (result: RunResult, place: number): number | undefined => result.scores[place]?.value;

/** A contrast, and the arms of the baseline that are in it. */
interface DrawnContrast {
  readonly pairs: Contrast;
  readonly to: readonly number[];
}

/** Each run of the arms against the mean of those of the baseline that it is paired with. */
function contrastOf({ arms, metric }: Cell, study: Study): DrawnContrast {
  const { baseline } = study.compare;
  const to = new Set<number>();
  const pairs = arms.flatMap((arm) => {
    const others = baseline?.of[arm] ?? [];
    if (others.length === 0) return [];
    const sum = [
      { weight: 1, arms: [arm], metric },
      { weight: -1, arms: others, metric },
    ];
    const found = pairedRuns({ terms: sum, constant: 0 }, study);
    if (found.length > 0) for (const other of others) to.add(other);
    return found;
  });
  return { pairs, to: [...to] };
}

/**
 * A sum of scores for each fold and seed that all its arms have finished, and for each of their cases. Runs of equal fold
 * and seed that are scored on other cases, as of other data, are no pair.
 */
function pairedRuns({ terms, constant }: Combination, study: Study): Contrast {
  const arms = [...new Set(terms.flatMap((term) => term.arms))];
  const [first, ...others] = arms;
  if (first === undefined) return [];
  return study.arms[first]!.results.flatMap((result) => {
    const runs = new Map([[first, result]]);
    for (const arm of others) {
      const partner = study.arms[arm]!.results.find((other) => isPair(result, other));
      if (!partner) return [];
      runs.set(arm, partner);
    }
    /** The sum of what is looked up; nothing where a part of it is missing. */
    const total = (lookup: (run: RunResult, place: number) => number | null | undefined) => {
      let sum = constant;
      for (const { weight, arms: own, metric } of terms) {
        const values = own.map((arm) => lookup(runs.get(arm)!, study.place(arm, metric)));
        if (!values.every((value) => typeof value === 'number')) return undefined;
        sum += weight * mean(values);
      }
      return sum;
    };
    const difference = total(scoreOf);
    if (difference === undefined) return [];
    const cases = result.cases.flatMap(({ case: id }, i) => {
      const value = total((run, place) => run.cases[i]!.values[place]);
      return value === undefined ? [] : [{ case: id, difference: value }];
    });
    return [{ difference, cases }];
  });
}

/** Equal in fold, seed, and the cases that they are scored on, in their order. */
const isPair = (a: RunResult, b: RunResult): boolean =>
  a.fold === b.fold &&
  a.seed === b.seed &&
  a.cases.length === b.cases.length &&
  a.cases.every(({ case: id }, i) => id === b.cases[i]!.case);

function verdictOf(
  { text: claim, left, operator, right }: Claim,
  study: Study,
  infer: Infer | undefined,
): Verdict {
  const value = numberOf(left, study, infer);
  const isResult = 'terms' in right;
  const bound = isResult ? numberOf(right, study, infer) : right;
  const arms = [left, ...(isResult ? [right] : [])].flatMap(({ terms }) =>
    terms.flatMap((term) => term.arms),
  );
  const isComplete = arms.every((arm) => study.arms[arm]!.complete);
  const found = {
    ...(value === undefined ? {} : { value }),
    ...(isResult && right.terms.length > 0 && typeof bound === 'number' ? { against: bound } : {}),
  };
  if (value === undefined || bound === undefined || !isComplete)
    return { claim, verdict: 'undecided', ...found };
  return { claim, verdict: holds({ operator, value: bound }, value) ? 'holds' : 'fails', ...found };
}

/** What a side of a claim comes to; nothing where runs are missing that it needs. */
function numberOf(side: Combination, study: Study, infer: Infer | undefined): number | undefined {
  const { of, terms, constant } = side;
  if (of === 'worst') return worstOf(side, study);
  if (of !== undefined) {
    const pairs = pairedRuns(side, study);
    const interval = intervalOf(pairs, terms.length > 1 ? infer : undefined);
    return aspectOf(interval, of);
  }
  let sum = constant;
  for (const { weight, arms, metric } of terms) {
    const means = arms.map((arm) => {
      const place = study.place(arm, metric);
      return statistic(study.arms[arm]!.results.flatMap((result) => scoreOf(result, place) ?? []))?.mean;
    });
    if (!means.every((value) => value !== undefined)) return undefined;
    sum += weight * mean(means);
  }
  return sum;
}

/** That of the statistic where it gives one, as the table shows it; else Student's t over the runs. */
function intervalOf(pairs: Contrast, infer: Infer | undefined): Statistic | undefined {
  const found = statistic(pairs.map(({ difference }) => difference));
  const interval = infer?.([pairs])[0]?.interval;
  return found && interval ? { ...found, interval } : found;
}

function worstOf({ terms }: Combination, { compare, arms, registry, place }: Study): number | undefined {
  const { arms: own, metric } = terms[0]!;
  const cases = own.flatMap((arm) =>
    arms[arm]!.results.flatMap((result) =>
      result.cases.map((one) => ({ case: one.case, values: [one.values[place(arm, metric)] ?? null] })),
    ),
  );
  return worstCases([compare.metrics[metric]!], [{ cases }], registry)[0];
}
