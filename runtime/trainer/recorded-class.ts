import type { EngineClass } from '../engines/engine.ts';
import { isFinished, isInterrupted, type KnownRun } from '../store/run-folder.ts';
import type { PlannedArm, PlannedRun } from './planned.ts';

/**
 * The class of the first run that was interrupted: it is taken for all, so that they can be compared. Teachers have a say
 * only where a student is left to train.
 */
export async function recordedClass(
  arms: readonly PlannedArm[],
  known: readonly KnownRun[],
): Promise<EngineClass | undefined> {
  for (const arm of arms) {
    let isDone = true;
    for (const run of arm.runs) {
      const twins = known.filter((one) => isTwin(one, arm, run));
      const interrupted = await findAsync(twins, isInterrupted);
      if (interrupted) return interrupted.environment.engine;
      isDone &&= (await findAsync(twins, isFinished)) !== undefined;
    }
    const teachers = isDone ? [] : arm.teachers.map((teacher) => teacher.arm);
    const before = await recordedClass(teachers, known);
    if (before) return before;
  }
  return undefined;
}

/** Whether a run on disk is this one, on whatever engine. */
const isTwin = (
  { environment: { identity } }: KnownRun,
  { training, content }: PlannedArm,
  { name }: PlannedRun,
) =>
  identity.training === training &&
  identity.data === content &&
  identity.fold === name.fold &&
  identity.seed === name.seed;

async function findAsync<T>(
  items: readonly T[],
  test: (item: T) => Promise<boolean>,
): Promise<T | undefined> {
  for (const item of items) if (await test(item)) return item;
  return undefined;
}
