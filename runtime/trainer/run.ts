import type { Compare, Experiment, Sweep } from '../../compiler/experiment.ts';
import { scoredMeasures } from '../../compiler/scored.ts';
import { sweepArms } from '../../compiler/sweep-arms.ts';
import type { Engine, EngineClass } from '../engines/engine.ts';
import { type KnownRun, readEnvironment } from '../store/run-folder.ts';
import { StoreError } from '../store/store-error.ts';
import { aggregate, judge, tabulate, worstCases } from './aggregate.ts';
import { type ArmsReport, writeArms } from './arms-folder.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { type ComparedTable, compareArms } from './compare.ts';
import { measureText } from './naming.ts';
import { type Network, openNetwork } from './network.ts';
import type { RunOptions } from './options.ts';
import { failedTeacher, type TeacherEnd } from './pick-teacher.ts';
import type { Arm, PlannedArm, PlannedTeacher } from './planned.ts';
import { type PreparedArm, prepareRuns } from './prepare-runs.ts';
import type { Problem } from './problem.ts';
import { asks, type QueuedArm, type QueuedRun } from './queue.ts';
import type { Aggregate, RunResult, SweepTable, Verdict } from './result.ts';
import { runOne } from './run-one.ts';
import { addressOf, type RunEnd } from './run-task.ts';
import { scoresOf } from './scored-sets.ts';
import { type Teachings, teach } from './teach.ts';
import { type Teaching, untaught } from './teaching.ts';

export type { RunOptions } from './options.ts';

interface Ended {
  readonly status: 'done' | 'interrupted' | 'failed';
  /** Present if failed. */
  readonly problem?: Problem;
}

export interface ExperimentOutcome extends Ended {
  /** Whether all its folds and seeds are finished. */
  readonly complete: boolean;
  /** Those that are finished. */
  readonly runs: readonly { readonly folder: string; readonly result: RunResult }[];
  readonly aggregates: readonly Aggregate[];
  readonly verdicts: readonly Verdict[];
}

interface ArmsOutcome extends Ended {
  readonly arms: readonly ExperimentOutcome[];
  /** Once some runs are finished, unless it is interrupted: the folder with `result.json`, and the picture in it. */
  readonly folder?: string;
  readonly picture?: string;
}

export interface SweepOutcome extends ArmsOutcome {
  readonly table: SweepTable;
}

export interface CompareOutcome extends ArmsOutcome, ComparedTable {}

/** Trains and evaluates an experiment: its folds × seeds, or those that are asked for. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<ExperimentOutcome> {
  const { arms, planned: _, keys: __, ...ended } = await runArms([{ experiment }], options);
  return arms[0] ?? { ...ended, complete: false, runs: [], aggregates: [], verdicts: [] };
}

/**
 * Trains and evaluates the arms of a sweep, each with all its folds × seeds; then lays them side by side. An arm that
 * fails leaves the others their turn.
 */
export async function runSweep(sweep: Sweep, options: RunOptions): Promise<SweepOutcome> {
  const arms = sweepArms(sweep, options.arms);
  const end = await runArms(arms, options);
  const table = tabulate(
    sweep.factors,
    end.arms.map(({ aggregates, problem }, i) => ({ ...arms[i]!.arm, aggregates, problem })),
  );
  const { name, factors } = sweep;
  return { ...(await finishArms(end, { name, sweep: name, factors, table }, options)), table };
}

/** The same for all that is compared; then makes the table, and decides what is claimed. */
export async function runCompare(compare: Compare, options: RunOptions): Promise<CompareOutcome> {
  const end = await runArms(compare.arms, options);
  const compared = end.arms.map(({ runs, complete, problem }) => ({
    results: runs.map(({ result }) => result),
    complete,
    problem,
  }));
  const found = await compareArms(compare, compared, options.registry);
  const { name } = compare;
  return { ...(await finishArms(end, { name, comparison: name, ...found }, options)), ...found };
}

/** What several arms came to, written down as far as any run of theirs is finished; an interruption leaves it for later. */
async function finishArms(
  { planned, arms, keys, ...end }: ArmsEnd,
  report: ArmsReport,
  options: RunOptions,
): Promise<ArmsOutcome> {
  const some = arms.some(({ runs }) => runs.length > 0);
  // What an arm is at fault for is found, not a fault of the whole: the others have their results.
  const problem = end.problem && some ? { ...end.problem, exit: 1 as const } : end.problem;
  const outcome = { ...end, ...(problem ? { problem } : {}), arms };
  if (end.status === 'interrupted' || !some) return outcome;
  const finished = arms.map(({ runs, problem: own }, i) => ({
    ...planned[i]!,
    finished: runs,
    ...(own ? { problem: own } : {}),
  }));
  return { ...outcome, ...(await writeArms(report, finished, keys, options)) };
}

interface ArmsEnd extends Ended {
  readonly planned: readonly PlannedArm[];
  /** Of all runs that were asked for, in their order. */
  readonly keys: readonly string[];
  readonly arms: readonly ExperimentOutcome[];
}

/**
 * Runs everything, one after the other, teachers before their students. A run that fails leaves the others their turn, but
 * for its students; an interruption ends it, and so does what befalls all of them, such as a full disk.
 */
async function runArms(arms: readonly Arm[], options: RunOptions): Promise<ArmsEnd> {
  const prepared = await prepareRuns(arms, options);
  if ('message' in prepared) return { status: 'failed', problem: prepared, planned: [], keys: [], arms: [] };
  const { planned, known, engine, queue } = prepared;
  options.on({ kind: 'engine', class: engine.class, why: engine.why });

  const several = arms.length > 1;
  const shared = { engine: engine.class, open: opener(engine), known, ends: new Map(), several };
  const keys = queue.flatMap(({ isTeacher, runs }) => (isTeacher ? [] : runs.map(({ key }) => key)));
  const ended: ExperimentOutcome[] = [];
  for (const arm of queue) {
    const outcome = await runArm(arm, shared, options);
    // What befell a teacher is told by its students, unless it ends everything.
    if (!arm.isTeacher) ended.push(outcome);
    if (endsAll(outcome, several)) return { ...endOf([outcome]), planned, keys, arms: ended };
  }
  return { ...endOf(ended), planned, keys, arms: ended };
}

/** What cannot be run ends an experiment, and of several arms itself alone. */
const endsAll = ({ status, problem }: Ended, several: boolean): boolean =>
  status === 'interrupted' || (problem?.exit === 2 && !several);

/** How the whole ended: by what ended it all, else by its first failure. */
function endOf(parts: readonly Ended[]): Ended {
  const decisive =
    parts.find((part) => endsAll(part, false)) ?? parts.find(({ status }) => status === 'failed');
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
  /** Whether there are several arms, of which each fails for itself. */
  readonly several: boolean;
}

async function runArm(arm: PreparedArm, shared: Shared, options: RunOptions): Promise<ExperimentOutcome> {
  const { experiment, graph } = arm;
  const { engine, open, known, ends, several } = shared;
  let network: Promise<Network> | undefined;
  const openOnce = () => {
    if (!graph) throw new Error(`All runs of ${experiment.name} are finished.`);
    network ??= openNetwork(arm, graph, open(), options.registry);
    return network;
  };
  const runs: { folder: string; result: RunResult }[] = [];
  const outcomes: RunEnd[] = [];
  try {
    const survive = <T>(act: () => Promise<T>) => (several ? orProblem(act) : act());
    const teachings = await survive(() => teachArm(arm, shared, options));
    for (const run of teachings ? arm.runs : []) {
      const teaching = 'message' in teachings! ? teachings : (teachings!.get(run.key) ?? untaught);
      const before = ends.get(run.key);
      const isForced = options.force === true && !arm.isTeacher && before === undefined;
      const task = {
        arm,
        run,
        engine,
        known: await knownTo(before, known),
        network: openOnce,
        options,
        isForced,
        isAwaitable: arm.isTeacher,
      };
      const failure =
        before?.status === 'failed' ? before.problem : 'message' in teaching ? teaching : undefined;
      const found = failure ?? (await survive(() => runOne({ ...task, teaching: teaching as Teaching })));
      const ended = 'message' in found ? fail(run, found, options) : found;
      outcomes.push(arm.isTeacher ? asTeacher(ended, run) : ended);
      if (ended.status === 'done') runs.push({ folder: ended.folder, result: ended.result });
      if (ended.status !== 'interrupted') ends.set(run.key, { ...ended, name: run.name });
      if (endsAll(ended, several)) break;
    }
    if (!teachings) outcomes.push({ status: 'interrupted' });
  } finally {
    await (await network?.catch(() => undefined))?.dispose();
  }
  const measures = scoredMeasures(experiment);
  const aggregates = aggregate(
    measures.map((measure) => measureText(measure, options.registry)),
    runs.map(({ result }) => scoresOf(result)),
  );
  const worst = worstCases(
    measures,
    runs.map(({ result }) => result),
    options.registry,
  );
  const complete = arm.complete && runs.length === arm.runs.length;
  return {
    ...endOf(outcomes),
    complete,
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
  return { ...end, problem: failedTeacher(name, end.problem, name.teacherOf ?? name.startOf ?? '') };
}

/** Runs on disk, and one that was finished since they were listed, wherever that lies. */
async function knownTo(
  before: TeacherEnd | undefined,
  known: readonly KnownRun[],
): Promise<readonly KnownRun[]> {
  if (before?.status !== 'done') return known;
  const environment = await readEnvironment(before.folder);
  return environment ? [{ folder: before.folder, environment }, ...known] : known;
}

/**
 * What an act comes to, or the problem that it ended with: one of this run alone. The disk is everybody's, and an error that
 * was not made for people is a bug of ours.
 */
async function orProblem<T>(act: () => Promise<T>): Promise<T | Problem> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StoreError || !('help' in error)) throw error;
    return { message: error.message, help: String(error.help ?? ''), exit: 2 };
  }
}

/** A run that was not begun, or that an error ended. */
function fail({ name }: QueuedRun, problem: Problem, options: RunOptions): RunEnd {
  options.on({ kind: 'failed', run: name, problem });
  return { status: 'failed', problem };
}
