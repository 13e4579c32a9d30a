import type { Experiment, Sweep } from '../../compiler/experiment.ts';
import type { Engine, EngineClass } from '../engines/engine.ts';
import type { KnownRun } from '../store/run-folder.ts';
import { aggregate, judge, tabulate, worstCases } from './aggregate.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { measureText } from './naming.ts';
import { type Network, openNetwork } from './network.ts';
import type { RunOptions } from './options.ts';
import { failedTeacher, type TeacherEnd } from './pick-teacher.ts';
import { type Arm, armsOf, type PlannedArm, type PlannedTeacher } from './planned.ts';
import { type PreparedArm, prepareRuns } from './prepare-runs.ts';
import type { Problem } from './problem.ts';
import { asks, type QueuedArm, type QueuedRun } from './queue.ts';
import type { Aggregate, RunResult, SweepTable, Verdict } from './result.ts';
import { runOne } from './run-one.ts';
import { addressOf, type RunEnd } from './run-task.ts';
import { writeSweep } from './sweep-folder.ts';
import { type Teachings, teach } from './teach.ts';
import { untaught } from './teaching.ts';

export type { RunOptions } from './options.ts';

interface Ended {
  readonly status: 'done' | 'interrupted' | 'failed';
  /** Present if failed. */
  readonly problem?: Problem;
}

export interface ExperimentOutcome extends Ended {
  /** Those that are finished. */
  readonly runs: readonly { readonly folder: string; readonly result: RunResult }[];
  readonly aggregates: readonly Aggregate[];
  readonly verdicts: readonly Verdict[];
}

export interface SweepOutcome extends Ended {
  readonly arms: readonly ExperimentOutcome[];
  readonly table: SweepTable;
  /** Once all runs are finished: the folder of the sweep, with `result.json`, and the picture in it. */
  readonly folder?: string;
  readonly picture?: string;
}

/** Trains and evaluates an experiment: its folds × seeds, or those that are asked for. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<ExperimentOutcome> {
  const { arms, ...ended } = await runArms([{ experiment }], options);
  return arms[0] ?? { ...ended, runs: [], aggregates: [], verdicts: [] };
}

/** Trains and evaluates the arms of a sweep, each with all its folds × seeds; then compares them. */
export async function runSweep(sweep: Sweep, options: RunOptions): Promise<SweepOutcome> {
  const arms = armsOf(sweep, options.arms);
  const { planned, arms: ended, ...end } = await runArms(arms, options);
  const table = tabulate(
    sweep.factors,
    ended.map(({ aggregates }, i) => ({ ...arms[i]!.arm, aggregates })),
  );
  const outcome = { ...end, arms: ended, table };
  if (end.status !== 'done') return outcome;
  const compared = ended.map(({ runs }, i) => ({ ...planned[i]!, finished: runs }));
  return { ...outcome, ...(await writeSweep(sweep, compared, table, options)) };
}

interface ArmsEnd extends Ended {
  readonly planned: readonly PlannedArm[];
  readonly arms: readonly ExperimentOutcome[];
}

/**
 * Runs everything, one after the other, teachers before their students. A run that diverges leaves the others their turn,
 * but for its students; what is interrupted or cannot be run ends it.
 */
async function runArms(arms: readonly Arm[], options: RunOptions): Promise<ArmsEnd> {
  const prepared = await prepareRuns(arms, options);
  if ('message' in prepared) return { status: 'failed', problem: prepared, planned: [], arms: [] };
  const { planned, known, engine, queue } = prepared;
  options.on({ kind: 'engine', class: engine.class, why: engine.why });

  const shared = { engine: engine.class, open: opener(engine), known, ends: new Map() };
  const ended: ExperimentOutcome[] = [];
  for (const arm of queue) {
    const outcome = await runArm(arm, shared, options);
    // What befell a teacher is told by its students, unless it ends everything.
    if (!arm.isTeacher) ended.push(outcome);
    if (endsAll(outcome)) return { ...endOf([outcome]), planned, arms: ended };
  }
  return { ...endOf(ended), planned, arms: ended };
}

const endsAll = ({ status, problem }: Ended): boolean => status === 'interrupted' || problem?.exit === 2;

/** How the whole ended: by what ended it all, else by its first failure. */
function endOf(parts: readonly Ended[]): Ended {
  const decisive = parts.find(endsAll) ?? parts.find(({ status }) => status === 'failed');
  return { status: decisive?.status ?? 'done', ...(decisive?.problem ? { problem: decisive.problem } : {}) };
}

/** Loads the library of the engine on the first call. */
function opener({ provider, class: wanted }: ChosenEngine): () => Promise<Engine> {
  let engine: Promise<Engine> | undefined;
  return () => {
    engine ??= provider.open(wanted);
    return engine;
  };
}

/** What the arms have in common. */
interface Shared {
  readonly engine: EngineClass;
  readonly open: () => Promise<Engine>;
  readonly known: readonly KnownRun[];
  /** How runs have ended so far, by their key. */
  readonly ends: Map<string, TeacherEnd>;
}

async function runArm(arm: PreparedArm, shared: Shared, options: RunOptions): Promise<ExperimentOutcome> {
  const { experiment, graph } = arm;
  const { engine, open, known, ends } = shared;
  let network: Promise<Network> | undefined;
  const openOnce = () => {
    if (!graph) throw new Error(`All runs of ${experiment.name} are finished.`);
    network ??= openNetwork(arm, graph, open(), options.registry);
    return network;
  };
  const runs: { folder: string; result: RunResult }[] = [];
  const outcomes: RunEnd[] = [];
  try {
    const teachings = await teachArm(arm, shared, options);
    for (const run of teachings ? arm.runs : []) {
      const teaching = teachings?.get(run.key) ?? untaught;
      const isForced = options.force === true && !arm.isTeacher;
      const task = { arm, run, engine, known, network: openOnce, options, isForced };
      const ended =
        'message' in teaching ? fail(run, teaching, options) : await runOne({ ...task, teaching });
      outcomes.push(arm.isTeacher ? asTeacher(ended, run) : ended);
      if (ended.status === 'done') runs.push({ folder: ended.folder, result: ended.result });
      if (ended.status !== 'interrupted') ends.set(run.key, { ...ended, name: run.name });
      if (endsAll(ended)) break;
    }
    if (!teachings) outcomes.push({ status: 'interrupted' });
  } finally {
    await (await network?.catch(() => undefined))?.dispose();
  }
  const measures = experiment.evaluate.map((measure) => measureText(measure, options.registry));
  const aggregates = aggregate(
    measures,
    runs.map(({ result }) => result.scores),
  );
  const worst = worstCases(
    experiment.evaluate,
    runs.map(({ result }) => result),
    options.registry,
  );
  const complete = arm.complete && runs.length === arm.runs.length;
  return {
    ...endOf(outcomes),
    runs,
    aggregates,
    verdicts: judge(experiment.expect, aggregates, complete, worst),
  };
}

/** Makes ready what the runs of an arm learn from that are not finished; `undefined` if the signal came. */
async function teachArm(
  arm: QueuedArm,
  { engine, open, known, ends }: Shared,
  options: RunOptions,
): Promise<Teachings | undefined> {
  const waiting = arm.runs.filter((run) => arm.teachers.some((teacher) => asks(run, teacher)));
  const [first] = waiting;
  if (!first) return new Map();
  const endsOf = (teacher: PlannedTeacher) =>
    teacher.arm.runs.flatMap((run) => {
      const { identity } = addressOf({ arm: teacher.arm, run, engine, known, options });
      return ends.get(identity.key) ?? [];
    });
  const teachings = await teach(arm, waiting, { options, engine: open, endsOf });
  if (teachings) return teachings;
  const place = { arm, run: first, engine, known, options };
  const { folder } = addressOf(place);
  options.on({ kind: 'interrupted', run: first.name, folder, step: 0, steps: first.steps });
  return undefined;
}

/** How a teacher ended, as its student tells it. */
function asTeacher(end: RunEnd, { name }: QueuedRun): RunEnd {
  if (end.status !== 'failed') return end;
  return { ...end, problem: failedTeacher(name, end.problem, name.teacherOf ?? '') };
}

/** A run whose teacher failed. */
function fail({ name }: QueuedRun, problem: Problem, options: RunOptions): RunEnd {
  options.on({ kind: 'failed', run: name, problem });
  return { status: 'failed', problem };
}
