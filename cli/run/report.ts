import type { Compare } from '../../compiler/experiment.ts';
import type { Problem } from '../../runtime/trainer/problem.ts';
import type { Verdict } from '../../runtime/trainer/result.ts';
import type { CompareOutcome, ExperimentOutcome, SweepOutcome } from '../../runtime/trainer/run.ts';
import type { ExitCode, Report } from '../command.ts';
import type { Colors } from '../terminal.ts';
import { shownPath } from '../units.ts';
import { keptText } from './progress.ts';
import { printAggregates, printCompare, printSweep } from './tables.ts';

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
    text: [scores, claims, places(runs, view), resumption(outcome)].join(''),
  };
}

export function sweepReport(outcome: SweepOutcome, view: View): Report {
  const { table } = outcome;
  const titles = table.rows.map(({ arm, values }) => `arm ${arm} (${values.join(', ')})`);
  return armsReport(outcome, { titles, table: printSweep(table), claims: [] }, view);
}

export function compareReport(outcome: CompareOutcome, { arms }: Compare, view: View): Report {
  const { table, verdicts } = outcome;
  const titles = arms.map(({ experiment }) => experiment.name);
  return armsReport(outcome, { titles, table: printCompare(table), claims: verdicts }, view);
}

/** Several arms: their table, which of them failed and why, what each claims, and what is claimed of all. */
function armsReport(
  outcome: SweepOutcome | CompareOutcome,
  {
    titles,
    table,
    claims,
  }: { readonly titles: readonly string[]; readonly table: string; readonly claims: readonly Verdict[] },
  view: View,
): Report {
  const { arms, folder, picture } = outcome;
  const own = arms.flatMap((arm, i) =>
    arm.verdicts.map((verdict) => ({ ...verdict, claim: `${titles[i]}: ${verdict.claim}` })),
  );
  const verdicts = [...own, ...claims];
  const scores = arms.some(({ runs }) => runs.length > 0) ? table : '';
  const failed = arms.flatMap(({ problem }, i) =>
    problem ? [`${view.colors.red('failed')} ${titles[i]}: ${problem.message}\n`] : [],
  );
  const facts = [
    ...(picture ? [`picture  ${shownPath(picture, view.cwd)}\n`] : []),
    ...(folder ? [`results  ${shownPath(folder, view.cwd)}\n`] : []),
  ];
  return {
    ...ending(outcome, verdicts),
    data: { ...outcome },
    text: [scores, ...failed, printVerdicts(verdicts, view.colors), ...facts, resumption(outcome)].join(''),
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

/** Where each run lies, and which of its weights were kept if that is not said by the file. */
const places = (runs: ExperimentOutcome['runs'], view: View) =>
  runs.map(({ folder, result }) => `run  ${shownPath(folder, view.cwd)}${keptText(result)}\n`).join('');

/** What `expect` claims, a line each. */
export function printVerdicts(verdicts: readonly Verdict[], { green, red, yellow }: Colors): string {
  const color = { holds: green, fails: red, undecided: yellow };
  return verdicts
    .map(({ claim, verdict, value, against }) => {
      const other = against === undefined ? '' : ` against ${against.toFixed(4)}`;
      const found = value === undefined ? '' : `, found ${value.toFixed(4)}${other}`;
      return `expect ${claim}: ${color[verdict](verdict)}${found}\n`;
    })
    .join('');
}
