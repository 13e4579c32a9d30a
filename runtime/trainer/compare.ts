import { useText } from '../../compiler/canonical/text.ts';
import type { Claim, Combination, Compare } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { scoredMeasures } from '../../compiler/scored.ts';
import { type Contrast, type Inference, mean, type StatisticFunction } from '../statistics/paired.ts';
import { aspectOf, holds, measuredKey, statistic, worstOf } from './aggregate.ts';
import { measureText } from './naming.ts';
import type { Problem } from './problem.ts';
import type { CompareCell, CompareTable, Measured, RunResult, Statistic, Verdict } from './result.ts';
import { casesOf, scoresOf } from './scored-sets.ts';

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
    scoredMeasures(experiment).map((measure) => measuredKey(measureText(measure, registry))),
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

const scoreOf = (result: RunResult, place: number): number | undefined => scoresOf(result)[place]?.value;

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
 * A sum of scores for each fold and seed that all its arms have finished, and for each of their cases where all scores are of
 * the same data. Runs of equal fold and seed that are scored on other cases, as of other data, are no pair.
 */
function pairedRuns({ terms, constant }: Combination, study: Study): Contrast {
  const arms = [...new Set(terms.flatMap((term) => term.arms))];
  const [first] = arms;
  if (first === undefined) return [];
  const sets = [...new Set(terms.map(({ metric }) => study.compare.metrics[metric]!.data))];
  return study.arms[first]!.results.flatMap(({ fold, seed }) => {
    const runs = new Map<number, RunResult>();
    for (const arm of arms) {
      const partner = study.arms[arm]!.results.find((other) => other.fold === fold && other.seed === seed);
      if (!partner) return [];
      runs.set(arm, partner);
    }
    const columns = columnsOf(terms, runs, study);
    if (!sets.every((data) => areAlike(columns.filter((column) => column.data === data)))) return [];
    /** The sum of what is looked up; nothing where a part of it is missing. */
    const total = (lookup: (column: Column) => number | null | undefined) => {
      let sum = constant;
      for (const [t, { weight }] of terms.entries()) {
        const values = columns.filter(({ term }) => term === t).map(lookup);
        if (!values.every((value) => typeof value === 'number')) return undefined;
        sum += weight * mean(values);
      }
      return sum;
    };
    const difference = total(({ score }) => score);
    if (difference === undefined) return [];
    const cases = (sets.length === 1 ? columns[0]!.cases : []).flatMap(({ case: id }, i) => {
      const value = total((column) => column.cases[i]!.value);
      return value === undefined ? [] : [{ case: id, difference: value }];
    });
    return [{ difference, cases }];
  });
}

/** What a run gives to a term of a sum. */
interface Column {
  /** The place of the term. */
  readonly term: number;
  /** Of a test set. */
  readonly data: string | undefined;
  readonly score: number | undefined;
  readonly cases: ReturnType<typeof casesOf>;
}

const columnsOf = (
  terms: Combination['terms'],
  runs: ReadonlyMap<number, RunResult>,
  study: Study,
): readonly Column[] =>
  terms.flatMap(({ arms, metric }, term) =>
    arms.map((arm) => {
      const [run, place] = [runs.get(arm)!, study.place(arm, metric)];
      const { data } = study.compare.metrics[metric]!;
      return { term, data, score: scoreOf(run, place), cases: casesOf(run, place) };
    }),
  );

/** Whether these are scores of the same cases, in their order. */
const areAlike = (columns: readonly Column[]): boolean =>
  new Set(columns.map(({ cases }) => JSON.stringify(cases.map(({ case: id }) => id)))).size === 1;

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
  if (of === 'worst') return worstCase(side, study);
  if (of !== undefined) {
    const pairs = pairedRuns(side, study);
    const isOfCases = pairs.every(({ cases }) => cases.length > 0);
    const interval = intervalOf(pairs, terms.length > 1 && isOfCases ? infer : undefined);
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

function worstCase({ terms }: Combination, { compare, arms, registry, place }: Study): number | undefined {
  const { arms: own, metric } = terms[0]!;
  const values = own.flatMap((arm) =>
    arms[arm]!.results.flatMap((result) =>
      casesOf(result, place(arm, metric)).flatMap(({ value }) => value ?? []),
    ),
  );
  return worstOf(compare.metrics[metric]!, values, registry);
}
