import { totalmem } from 'node:os';
import type { EngineClass } from '../engines/engine.ts';
import { type NetworkCost, networkCost } from '../network-cost.ts';
import { scoringGraph } from '../scoring-graph.ts';
import { freeBytes } from '../store/files.ts';
import { type Seconds, speedsOf, sum } from '../store/speeds.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { diskOf } from './disk.ts';
import type { RunName } from './events.ts';
import type { RunOptions } from './options.ts';
import { dimensionsOf } from './planned.ts';
import type { PreparedArm, PreparedRun, PreparedRuns } from './prepare-runs.ts';
import type { RunState } from './queue.ts';
import { reasonOf } from './reason.ts';
import { openScoredSets } from './scored-sets.ts';

/** What a run would do. */
export interface ForecastRun {
  readonly run: RunName;
  readonly folder: string;
  readonly state: RunState;
  /** Why it is in this state. */
  readonly reason: string;
  /** Of the whole training, and those that are left to do. */
  readonly steps: number;
  readonly left: number;
  /** Of what is left of the training; absent where no speed is recorded. */
  readonly seconds?: Seconds;
  /** Of scoring it; absent where it is not scored, and where no speed is recorded. */
  readonly scoring?: Seconds;
  /** Written at most, what is predicted for it by its teachers included. */
  readonly diskBytes: number;
}

/** The network of an experiment that has runs to do. */
export interface ForecastNetwork extends NetworkCost {
  readonly experiment: string;
}

/** What `run` would do, without doing it. */
export interface Forecast {
  readonly engine: EngineClass;
  readonly why: ChosenEngine['why'];
  /** In the order in which they are done. */
  readonly runs: readonly ForecastRun[];
  readonly networks: readonly ForecastNetwork[];
  readonly steps: number;
  /** Of all training; absent where the speed of a part of it is not known. */
  readonly seconds?: Seconds;
  /** Of all scoring; absent where there is none, and where the speed of a part of it is not known. */
  readonly scoring?: Seconds;
  readonly diskBytes: number;
  /** On the disk of the runs. */
  readonly freeBytes: number;
  readonly warnings: readonly string[];
}

export async function forecast(prepared: PreparedRuns, options: RunOptions): Promise<Forecast> {
  const { engine, queue, known } = prepared;
  const speeds = await speedsOf(known, engine.class);
  const runs: ForecastRun[] = [];
  const networks = new Map<string, ForecastNetwork>();
  for (const arm of queue) {
    const { experiment, graph, training, evaluation } = arm;
    const scoring = graph && (await scoringGraph(experiment, dimensionsOf(arm), options.registry));
    const network = graph && networkCost(graph, scoring);
    // Arms that are equal but for how they predict are scored with other networks.
    const key = scoring ? `${training} ${evaluation}` : training;
    if (network) networks.set(key, { experiment: experiment.name, ...network });
    const step = { training, flops: network?.flops ?? 0 };
    const speed = speeds.step(step);
    const scored = speeds.scoredCase({ ...step, evaluation });
    for (const run of arm.runs)
      runs.push({
        run: run.name,
        folder: run.folder,
        state: run.state,
        reason: reasonOf(arm, run, { known, engine: engine.class, force: options.force ?? false }),
        ...duration(run, speed),
        ...scoringOf(arm, run, scored),
        diskBytes: await diskOf(arm, run, options.registry),
      });
  }
  const seconds = sum(runs.filter(({ left }) => left > 0).map((run) => run.seconds));
  const scoring = sum(runs.filter(isScored).map((run) => run.scoring));
  const totals = {
    steps: runs.reduce((total, { left }) => total + left, 0),
    ...(seconds ? { seconds } : {}),
    ...(scoring && scoring.runs > 0 ? { scoring } : {}),
    diskBytes: runs.reduce((total, { diskBytes }) => total + diskBytes, 0),
    freeBytes: await freeBytes(options.out),
  };
  const all = { engine: engine.class, why: engine.why, runs, networks: [...networks.values()], ...totals };
  return { ...all, warnings: warningsOf(all, prepared) };
}

function duration(
  { steps, done }: PreparedRun,
  speed: Seconds | undefined,
): Pick<ForecastRun, 'steps' | 'left' | 'seconds'> {
  const left = steps - done;
  return !speed || left === 0 ? { steps, left } : { steps, left, seconds: times(left, speed) };
}

/** Whether a run comes to its scores. */
const isScored = ({ state }: Pick<ForecastRun, 'state'>): boolean =>
  state !== 'finished' && state !== 'shared';

function scoringOf(
  arm: PreparedArm,
  run: PreparedRun,
  speed: Seconds | undefined,
): Pick<ForecastRun, 'scoring'> {
  if (!speed || !isScored(run)) return {};
  const cases = openScoredSets(arm, run).reduce((all, set) => all + set.cases.length, 0);
  return cases === 0 ? {} : { scoring: times(cases, speed) };
}

const times = (count: number, { mean, low, high, ...one }: Seconds): Seconds => ({
  ...one,
  mean: mean * count,
  low: low * count,
  high: high * count,
});

const gibibytes = (n: number) => `${(n / 1024 ** 3).toFixed(1)} GiB`;

function warningsOf(
  { runs, networks, diskBytes, freeBytes: free }: Omit<Forecast, 'warnings'>,
  { planned }: PreparedRuns,
): readonly string[] {
  const warnings: string[] = [];
  if (diskBytes > free)
    warnings.push(
      `The runs may write ${gibibytes(diskBytes)}, and ${gibibytes(free)} of the disk are free: name another folder with --out.`,
    );
  for (const { experiment, peakBytes } of networks)
    if (peakBytes.train > totalmem())
      warnings.push(
        `A step of ${experiment} holds ${gibibytes(peakBytes.train)} of tensors at once, and this machine has ${gibibytes(totalmem())}: take a smaller batch or crop.`,
      );
  for (const { run, steps, state } of runs)
    if (steps === 0 && state === 'new')
      warnings.push(`${run.experiment} is not trained: its steps come to 0. It is scored as it begins.`);
  for (const { experiment, complete } of planned)
    if (!complete && experiment.expect.length > 0)
      warnings.push(`What ${experiment.name} expects stays open: not all of its folds and seeds are run.`);
  return [...new Set(warnings)];
}
