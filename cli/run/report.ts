import type { Problem } from '../../runtime/trainer/problem.ts';
import type { Aggregate, Measured, Statistic, SweepTable, Verdict } from '../../runtime/trainer/result.ts';
import type { ExperimentOutcome, SweepOutcome } from '../../runtime/trainer/run.ts';
import type { ExitCode, Report } from '../command.ts';
import { printTable } from '../table.ts';
import type { Colors } from '../terminal.ts';
import { score, scoreUnit, shownPath } from '../units.ts';
import { truthName } from './progress.ts';

/** How a report looks. */
export interface View {
  readonly colors: Colors;
  /** Paths below it are shown relative to it. */
  readonly cwd: string;
}

export function experimentReport(outcome: ExperimentOutcome, view: View): Report {
  const { runs, aggregates, verdicts } = outcome;
  const scores = runs.length > 0 ? printAggregates(aggregates) : '';
  const claims = printVerdicts(verdicts, view.colors);
  return {
    ...ending(outcome, verdicts),
    data: { ...outcome },
    text: [
      scores,
      claims,
      places(
        runs.map(({ folder }) => folder),
        view,
      ),
      resumption(outcome),
    ].join(''),
  };
}

export function sweepReport(outcome: SweepOutcome, view: View): Report {
  const { arms, table, folder, picture } = outcome;
  const verdicts = arms.flatMap((arm) => arm.verdicts);
  const scores = arms.some(({ runs }) => runs.length > 0) ? printSweep(table) : '';
  const facts = [
    ...(picture ? [`picture  ${shownPath(picture, view.cwd)}\n`] : []),
    ...(folder ? [`results  ${shownPath(folder, view.cwd)}\n`] : []),
  ];
  return {
    ...ending(outcome, verdicts),
    data: { ...outcome },
    text: [scores, printVerdicts(verdicts, view.colors), ...facts, resumption(outcome)].join(''),
  };
}

interface Ended {
  readonly status: 'done' | 'interrupted' | 'failed';
  readonly problem?: Problem;
}

function ending({ status, problem }: Ended, verdicts: readonly Verdict[]): Pick<Report, 'exit' | 'failure'> {
  const broken = verdicts.some(({ verdict }) => verdict === 'fails');
  const exits: Record<Ended['status'], ExitCode> = {
    done: broken ? 1 : 0,
    interrupted: 130,
    failed: problem?.exit ?? 2,
  };
  return { exit: exits[status], ...(problem ? { failure: problem } : {}) };
}

const resumption = ({ status }: Ended) =>
  status === 'interrupted' ? 'Stopped. The same command again goes on from there.\n' : '';

const places = (folders: readonly string[], view: View) =>
  folders.map((folder) => `run  ${shownPath(folder, view.cwd)}\n`).join('');

/** The arms of a sweep side by side; the second line of the head is the ground truth of the metric. */
export function printSweep({ factors, columns, rows }: SweepTable): string {
  const table = printTable({
    head: ['arm', ...factors, ...columns.map(headOf)],
    rows: rows.map(({ arm, values, cells }) => [
      String(arm),
      ...values,
      ...cells.map((cell, i) => statistic(cell, columns[i]!.unit)),
    ]),
  });
  const others = columns.flatMap(({ metric, unit }) =>
    unit === undefined ? [] : [unit === 'number' ? `${metric} as it is` : `${metric} in ${unit}`],
  );
  const units = [...(others.length < columns.length ? ['in percent'] : []), ...new Set(others)].join(', ');
  return `${table}${units}; below each metric is the ground truth that it is on\n\n`;
}

/** The metrics of one experiment over its runs, fractions in percent. */
export function printAggregates(aggregates: readonly Aggregate[]): string {
  const mixed = aggregates.some(({ unit }) => unit !== undefined);
  return printTable({
    head: ['metric', 'ground truth', mixed ? 'value' : '%', 'runs'],
    rows: aggregates.map(({ metric, options, on, unit, statistic: value }) => [
      options ? `${metric}(${options})` : metric,
      on,
      statistic(value ?? null, unit) + (mixed && value ? scoreUnit(unit) : ''),
      String(value?.runs ?? 0),
    ]),
  });
}

/** What `expect` claims, a line each. */
export function printVerdicts(verdicts: readonly Verdict[], { green, red, yellow }: Colors): string {
  const color = { holds: green, fails: red, undecided: yellow };
  return verdicts
    .map(({ claim, verdict, value }) => {
      const found = value === undefined ? '' : `, found ${value.toFixed(4)}`;
      return `expect ${claim}: ${color[verdict](verdict)}${found}\n`;
    })
    .join('');
}

const headOf = ({ metric, options, on }: Measured) =>
  `${metric}${options ? `(${options})` : ''}\n${truthName(on)}`;

function statistic(value: Statistic | null, unit: string | undefined): string {
  if (!value) return '–';
  const spread = value.deviation === undefined ? '' : ` ± ${score(value.deviation, unit)}`;
  return score(value.mean, unit) + spread;
}
