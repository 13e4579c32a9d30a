import path from 'node:path';
import { sweepKey } from '../../compiler/identity.ts';
import { encodePng } from '../data/images/encode-png.ts';
import { makeFolder, writeJson, writeWhole } from '../store/files.ts';
import { armsPicture, type FinishedArm } from './arms-picture.ts';
import type { RunOptions } from './options.ts';

/** What a sweep or a comparison came to. */
export interface ArmsReport {
  /** Of its declaration, and so of its folder. */
  readonly name: string;
  readonly [part: string]: unknown;
}

/**
 * Writes the folder of a sweep or a comparison, named by the runs that it is about, finished or not: `result.json` with the
 * table and where the runs of each arm lie, relative to it, and `picture.png` with the predictions of all arms side by
 * side.
 */
export async function writeArms(
  { name, ...report }: ArmsReport,
  arms: readonly FinishedArm[],
  keys: readonly string[],
  { out, version, registry }: RunOptions,
): Promise<{ readonly folder: string; readonly picture?: string }> {
  const key = sweepKey(keys);
  const folder = path.join(out, name, key.slice(0, 12));
  await makeFolder(folder);
  await writeJson(path.join(folder, 'result.json'), {
    dml: version,
    key,
    ...report,
    arms: arms.map(({ arm, experiment, finished, problem }) => ({
      ...(arm ?? { experiment: experiment.name }),
      runs: finished.map((run) => path.relative(folder, run.folder)),
      ...(problem ? { problem } : {}),
    })),
  });
  const sheet = await armsPicture(arms, registry);
  if (!sheet) return { folder };
  const picture = path.join(folder, 'picture.png');
  await writeWhole(picture, encodePng(sheet));
  return { folder, picture };
}
