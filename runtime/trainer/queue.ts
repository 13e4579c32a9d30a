import type { EngineClass } from '../engines/engine.ts';
import { isInterrupted, type KnownRun } from '../store/run-folder.ts';
import type { RunOptions } from './options.ts';
import { isOfFold, type PlannedArm, type PlannedRun, type PlannedTeacher } from './planned.ts';
import { addressOf, resultAt } from './run-task.ts';

/**
 * What is left to do of a run: nothing, nothing since another arm that comes before has the same one, the scores alone
 * since other ones are asked for, the rest of an interrupted one, or all of it.
 */
export type RunState = 'finished' | 'shared' | 'scores' | 'interrupted' | 'new';

/** Whether there is nothing left to do of a run by the time that it comes. */
export const isDone = ({ state }: Pick<QueuedRun, 'state'>): boolean =>
  state === 'finished' || state === 'shared';

export interface QueuedRun extends PlannedRun {
  readonly key: string;
  readonly folder: string;
  readonly state: RunState;
  /** Whether an arm that comes before trains it. */
  readonly isAwaited?: boolean;
}

/** Runs of one arm, one after the other. */
export interface QueuedArm extends PlannedArm {
  readonly runs: readonly QueuedRun[];
  /** Trained for a student, not asked for. */
  readonly isTeacher: boolean;
}

/** Where runs lie and what they are run on. */
export interface Shelf {
  readonly engine: EngineClass;
  readonly known: readonly KnownRun[];
  readonly options: RunOptions;
}

/**
 * All runs in the order in which they are done: each arm after the runs of its teachers that it still needs. A teacher
 * that several arms share is there once, and not at all if its students are finished.
 */
export async function queueRuns(arms: readonly PlannedArm[], shelf: Shelf): Promise<readonly QueuedArm[]> {
  const queue: QueuedArm[] = [];
  /** By key, what they are scored on. */
  const queued = new Map<string, string>();
  const enqueue = async (arm: PlannedArm, isTeacher: boolean): Promise<void> => {
    const found = await Promise.all(arm.runs.map((run) => stateOf(arm, run, isTeacher, shelf)));
    const runs = found.map((run) => {
      const evaluation = queued.get(run.key);
      if (evaluation === undefined || run.state === 'finished') return run;
      return evaluation === arm.evaluation
        ? { ...run, state: 'shared' as const }
        : { ...run, state: 'scores' as const, isAwaited: true };
    });
    for (const teacher of arm.teachers) {
      const needed = teacher.arm.runs.filter(({ name }) =>
        runs.some((run) => asks(run, teacher) && isOfFold(teacher, name, run.name)),
      );
      if (needed.length > 0) await enqueue({ ...teacher.arm, runs: needed }, true);
    }
    const fresh = isTeacher ? runs.filter(({ key }) => !queued.has(key)) : runs;
    for (const { key } of fresh) queued.set(key, arm.evaluation);
    if (fresh.length > 0) queue.push({ ...arm, runs: fresh, isTeacher });
  };
  for (const arm of arms) await enqueue(arm, false);
  return numbered(queue);
}

/** Whether what is left to do of a run needs what this teacher predicts, or its weights. */
export const asks = (run: QueuedRun, teacher: PlannedTeacher): boolean =>
  asksPredictions(run, teacher) || (run.state === 'new' && teacher.starts);

export const asksPredictions = ({ state }: QueuedRun, { trains, scores }: PlannedTeacher): boolean =>
  state === 'scores' ? scores : !isDone({ state }) && (trains || scores);

async function stateOf(
  arm: PlannedArm,
  run: PlannedRun,
  isTeacher: boolean,
  { engine, known, options }: Shelf,
): Promise<QueuedRun> {
  const address = addressOf({ arm, run, engine, known, options });
  const { key } = address.identity;
  const place = { ...run, key, folder: address.folder };
  // By force only what is asked for is run again, not what it learns from.
  if (options.force && !isTeacher) return { ...place, state: 'new' };
  const result = await resultAt(address);
  if (result) return { ...place, state: result.evaluationHash === arm.evaluation ? 'finished' : 'scores' };
  const before = known.find(({ folder }) => folder === address.folder);
  const goesOn = before?.environment.identity.key === key && (await isInterrupted(before));
  return { ...place, state: goesOn ? 'interrupted' : 'new' };
}

function numbered(queue: readonly QueuedArm[]): readonly QueuedArm[] {
  const of = queue.reduce((sum, { runs }) => sum + runs.length, 0);
  let index = 0;
  return queue.map((arm) => ({
    ...arm,
    runs: arm.runs.map((run) => ({ ...run, name: { ...run.name, index: index++, of } })),
  }));
}
