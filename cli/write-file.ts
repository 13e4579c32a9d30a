import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './errors.ts';

/**
 * Writes a whole file or nothing: to a temporary name beside it, then renamed. A file that is there keeps its mode, a
 * link to one stays a link.
 */
export async function writeFileWhole(file: string, data: string | Uint8Array, cwd: string): Promise<void> {
  const named = path.resolve(cwd, file);
  const target = await realpath(named).catch(() => named);
  const mode = await stat(target).then(
    (old) => old.mode,
    () => undefined,
  );
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    await writeFile(draft, data, mode === undefined ? {} : { mode });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    if (!(error instanceof Error && 'code' in error)) throw error;
    const folder = path.dirname(file);
    if (error.code === 'ENOENT')
      throw new UsageError(`The folder ${folder} does not exist.`, `Make it first: mkdir -p ${folder}`, file);
    // What the person named, not the draft.
    throw Object.assign(error, { path: file });
  }
}
