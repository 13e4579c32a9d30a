import type { Graph } from '../../compiler/graph/graph.ts';
import { readCheckpoint } from '../store/checkpoint.ts';
import { demandWritable } from '../store/files.ts';
import { demandUnlocked, holderOf, holderText } from '../store/lock.ts';
import { files, readEnvironment } from '../store/run-folder.ts';
import type { Problem } from './problem.ts';
import { isDone, type QueuedArm, type QueuedRun } from './queue.ts';
import { readWeights } from './weights.ts';

/** How far a run has come. */
interface Checked {
  readonly done: number;
  /** The process that works at it and is waited for. */
  readonly holder?: string;
}

/**
 * Whether what is left to do of a run can be done in its folder, and how many steps need not be done again. Rejects with a
 * StoreError where nothing can be written, what it goes on from is damaged, or another process works; at a run of a teacher that
 * one is waited for.
 */
export async function checkFolder(
  { folder, key, state, steps, isAwaited }: QueuedRun,
  { isTeacher }: Pick<QueuedArm, 'isTeacher'>,
  { variables }: Graph,
  force: boolean,
): Promise<Checked | Problem> {
  if (isDone({ state }) || isAwaited) return { done: steps };
  await demandWritable(folder);
  const holder = isTeacher ? await holderOf(folder) : await demandUnlocked(folder);
  // What it has written so far may change at any moment.
  if (holder) return { done: 0, holder: holderText(holder) };
  if (state === 'scores') {
    const weights = await readWeights(folder);
    return 'message' in weights ? weights : { done: steps };
  }
  if (force && !isTeacher) return { done: 0 };
  const before = await readEnvironment(folder);
  if (before?.identity.key !== key) return { done: 0 };
  const { checkpoint } = await readCheckpoint(files(folder).checkpoints, { key, variables });
  return { done: checkpoint?.step ?? 0 };
}
