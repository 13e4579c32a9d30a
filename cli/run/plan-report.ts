import type { Seconds } from '../../runtime/store/speeds.ts';
import type { Forecast, ForecastNetwork, ForecastRun } from '../../runtime/trainer/forecast.ts';
import type { RunOptions } from '../../runtime/trainer/options.ts';
import type { RunState } from '../../runtime/trainer/queue.ts';
import type { Report } from '../command.ts';
import type { Chosen } from '../program.ts';
import { printTable } from '../table.ts';
import type { Colors } from '../terminal.ts';
import { bytes, duration, integer } from '../units.ts';
import { engineLine, titleOf } from './progress.ts';

/** What a run would do, or the problem that it would end with before its first step. */
export async function planReport(chosen: Chosen, options: RunOptions, colors: Colors): Promise<Report> {
  const { armsOf } = await import('../program.ts');
  const { prepareRuns } = await import('../../runtime/trainer/prepare-runs.ts');
  const { forecast } = await import('../../runtime/trainer/forecast.ts');
  const prepared = await prepareRuns(armsOf(chosen, options.arms), options);
  if ('message' in prepared) return { exit: prepared.exit, data: {}, text: '', failure: prepared };
  const found = await forecast(prepared, options);
  return { exit: 0, data: { ...found }, text: printForecast(found, colors) };
}

const does: Readonly<Record<RunState, string>> = {
  finished: 'nothing',
  shared: 'nothing',
  scores: 'scores',
  interrupted: 'goes on',
  new: 'trains',
};

function printForecast(found: Forecast, colors: Colors): string {
  const warnings = found.warnings.map((warning) => `${colors.yellow('warning')}: ${warning}\n`);
  return [
    `${engineLine(found.engine, found.why, colors)}\n\n`,
    printRuns(found.runs),
    found.networks.length > 0 ? `\n${printNetworks(found.networks)}` : '',
    `\n${totals(found)}\n`,
    ...warnings,
  ].join('');
}

const printRuns = (runs: readonly ForecastRun[]) =>
  printTable({
    head: ['', 'run', 'does', 'why', 'steps', 'time', 'scoring', 'disk'],
    rows: runs.map(({ run, state, reason, left, seconds, scoring, diskBytes }, i) => [
      String(i + 1),
      titleOf(run),
      does[state],
      reason,
      integer(left),
      left === 0 ? '–' : time(seconds),
      does[state] === 'nothing' ? '–' : time(scoring),
      diskBytes === 0 ? '–' : bytes(diskBytes),
    ]),
  });

const printNetworks = (networks: readonly ForecastNetwork[]) =>
  printTable({
    head: ['network', 'parameters', 'memory to train', 'to score'],
    rows: networks.map(({ experiment, parameters, peakBytes }) => [
      experiment,
      integer(parameters),
      bytes(peakBytes.train),
      bytes(peakBytes.score),
    ]),
  });

/** `3 runs, 2 of them finished; 16 steps, time 2 s … 4 s by 2 recorded runs each; scoring 1 s; at most 66.3 KiB of disk` */
function totals({ runs, steps, seconds, scoring, diskBytes }: Forecast): string {
  const finished = runs.filter(({ state }) => state === 'finished').length;
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  if (finished === runs.length) return `${count}, finished before: nothing is left to do`;
  const done = finished > 0 ? `, ${finished} of them finished` : '';
  const trained =
    steps === 0
      ? 'nothing to train'
      : `${integer(steps)} steps, time ${seconds ? `${time(seconds)} by ${recorded(seconds)}` : 'unknown: no finished run tells the speed of each'}`;
  const scored = scoring ? `; scoring ${time(scoring)} by ${recorded(scoring)}` : '';
  return `${count}${done}; ${trained}${scored}; at most ${bytes(diskBytes)} of disk`;
}

function recorded({ runs, by }: Seconds): string {
  if (by === 'work')
    return `the work of a step, as in ${runs === 1 ? 'one recorded run' : `${runs} recorded runs`}`;
  return runs === 1 ? 'one recorded run' : `${runs} recorded runs each`;
}

function time(seconds: Seconds | undefined): string {
  if (!seconds) return 'unknown';
  const [low, high] = [duration(seconds.low), duration(seconds.high)];
  return low === high ? low : `${low} … ${high}`;
}
