import path from 'node:path';
import type { Sweep } from '../../compiler/experiment.ts';
import { makeFolder, writeJson } from '../store/files.ts';
import { sweepKey } from './identity.ts';
import type { RunOptions } from './options.ts';
import type { PlannedArm } from './plan.ts';
import type { RunResult, SweepTable } from './result.ts';

/** An arm with its finished runs. */
export interface ComparedArm extends PlannedArm {
  readonly finished: readonly { readonly folder: string; readonly result: RunResult }[];
}

/** Writes `result.json` of a sweep: the table, and where the runs of each arm lie, relative to it. */
export async function writeSweep(
  { name, factors }: Sweep,
  arms: readonly ComparedArm[],
  table: SweepTable,
  { out, version }: RunOptions,
): Promise<{ readonly folder: string }> {
  const key = sweepKey(arms.flatMap(({ finished }) => finished.map(({ result }) => result.key)));
  const folder = path.join(out, name, key.slice(0, 12));
  await makeFolder(folder);
  await writeJson(path.join(folder, 'result.json'), {
    dml: version,
    sweep: name,
    key,
    factors,
    table,
    arms: arms.map(({ arm, finished }) => ({
      ...arm,
      runs: finished.map((run) => path.relative(folder, run.folder)),
    })),
  });
  return { folder };
}
