import path from 'node:path';
import type { Sweep } from '../../compiler/experiment.ts';
import { sweepKey } from '../../compiler/identity.ts';
import { encodePng } from '../data/images/encode-png.ts';
import { makeFolder, writeJson, writeWhole } from '../store/files.ts';
import { type ComparedArm, compareArms } from './compare-arms.ts';
import type { RunOptions } from './options.ts';
import type { SweepTable } from './result.ts';

/**
 * Writes the folder of a sweep, named by what its arms ran: `result.json` with the table and where the runs of each
 * arm lie, relative to it, and `picture.png` with the predictions of all arms side by side.
 */
export async function writeSweep(
  { name, factors }: Sweep,
  arms: readonly ComparedArm[],
  table: SweepTable,
  { out, version, registry }: RunOptions,
): Promise<{ readonly folder: string; readonly picture?: string }> {
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
  const sheet = await compareArms(arms, registry);
  if (!sheet) return { folder };
  const picture = path.join(folder, 'picture.png');
  await writeWhole(picture, encodePng(sheet));
  return { folder, picture };
}
