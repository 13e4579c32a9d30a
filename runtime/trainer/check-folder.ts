import type { Graph } from '../../compiler/graph/graph.ts';
import { readCheckpoint } from '../store/checkpoint.ts';
import { demandWritable } from '../store/files.ts';
import { demandUnlocked } from '../store/lock.ts';
import { files, readEnvironment } from '../store/run-folder.ts';
import type { Problem } from './problem.ts';
import { isDone, type QueuedRun } from './queue.ts';
import { readWeights } from './weights.ts';

/**
 * Whether what is left to do of a run can be done in its folder, and how many steps need not be done again. Rejects with a
 * StoreError where nothing can be written, another process works, or what it goes on from is damaged.
 */
export async function checkFolder(
  { folder, key, state, steps, isAwaited }: QueuedRun,
  { variables }: Graph,
  isForced: boolean,
): Promise<{ readonly done: number } | Problem> {
  if (isDone({ state }) || isAwaited) return { done: steps };
  await demandWritable(folder);
  await demandUnlocked(folder);
  if (state === 'scores') {
    const weights = await readWeights(folder);
    return 'message' in weights ? weights : { done: steps };
  }
  if (isForced) return { done: 0 };
  const before = await readEnvironment(folder);
  if (before?.identity.key !== key) return { done: 0 };
  const { checkpoint } = await readCheckpoint(files(folder).checkpoints, { key, variables });
  return { done: checkpoint?.step ?? 0 };
}
