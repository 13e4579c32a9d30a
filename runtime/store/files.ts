import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from './store-error.ts';

/** What the system says, as a reason and what to do. */
const reasons: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and run again: it goes on from the last checkpoint.'],
  EDQUOT: [
    'your share of the disk is used up',
    'Free some space and run again: it goes on from the last checkpoint.',
  ],
  EACCES: [
    'permission is denied',
    'Give yourself the right to write there, or name another folder with --out.',
  ],
  EPERM: ['the system does not permit it', 'Name another folder with --out.'],
  EROFS: ['its file system can only be read', 'Name another folder with --out.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Name another folder with --out.'],
  ENOENT: ['no folder can be made there', 'Name another folder with --out.'],
  EEXIST: ['a file stands where a folder should be', 'Move it away, or name another folder with --out.'],
  EISDIR: ['a folder stands where a file should be', 'Move it away, or name another folder with --out.'],
};

const temporary = '.tmp';

/** The error of a file-system call as a message; anything else is a bug and stays what it is. */
export function storeError(error: unknown, file: string, action: 'write' | 'read'): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) return error;
  const [reason, help] = reasons[code] ?? [`the system says ${code}`, 'Check the file and its folder.'];
  return new StoreError(`This cannot be ${action === 'write' ? 'written' : 'read'}: ${reason}.`, file, help);
}

/** A file under a temporary name: until it is committed, what is at its place is what it was. */
export interface Staged {
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes a file to a temporary name beside its place, and to the disk. */
export async function stageFile(file: string, data: Uint8Array | string): Promise<Staged> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}${temporary}`);
  const discard = () => rm(draft, { force: true }).catch(() => {});
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      await discard();
      throw storeError(error, file, 'write');
    }
  };
  await guarded(async () => {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
  return { commit: () => guarded(() => rename(draft, file)), discard };
}

/**
 * Writes a whole file or nothing: to a temporary name, to the disk, then renamed. Until then, and if anything fails, the
 * file is what it was.
 */
export async function writeWhole(file: string, data: Uint8Array | string): Promise<void> {
  const staged = await stageFile(file, data);
  await staged.commit();
}

export const writeJson = (file: string, data: unknown): Promise<void> =>
  writeWhole(file, `${JSON.stringify(data, null, 2)}\n`);

/** The bytes of a file; `undefined` if there is none. */
export async function readWhole(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw storeError(error, file, 'read');
  }
}

/** There is no such file, nor can there be one as the path stands. */
const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** A JSON file that dml wrote; `undefined` if there is none. Throws a StoreError if it is no JSON. */
export async function readJson<T>(file: string): Promise<T | undefined> {
  const bytes = await readWhole(file);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new StoreError('This is not the JSON that dml wrote.', file, 'Delete it; dml run writes it again.');
  }
}

/** Makes a folder and those above it, unless they are there. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder);
  } catch (error) {
    throw storeError(error, (error as NodeJS.ErrnoException).path ?? folder, 'write');
  }
}

/** By hand, because `recursive` never returns where the system says that a folder it has does not exist, as in /proc. */
async function makeWithParents(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeWithParents(parent);
  await mkdir(folder).catch(async (error) => {
    // Another process may have been quicker.
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw error;
  });
}

/** The first of a path and the folders above it that is there. */
async function nearestExisting(place: string): Promise<string> {
  const found = await stat(place).catch(() => undefined);
  const parent = path.dirname(place);
  return found || parent === place ? place : nearestExisting(parent);
}

/** Bytes that can be written on the disk of a folder, which need not be there. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearestExisting(folder));
  return bavail * bsize;
}

/**
 * Whether `makeFolder` could make a folder and files be written in it, without doing so.
 *
 * @throws StoreError
 */
export async function demandWritable(folder: string): Promise<void> {
  const above = await nearestExisting(folder);
  try {
    if ((await stat(above)).isDirectory()) await access(above, constants.W_OK | constants.X_OK);
    else throw Object.assign(new Error('a file'), { code: 'EEXIST' });
  } catch (error) {
    throw storeError(error, above, 'write');
  }
}

/** Names in a folder, sorted; none if there is no such folder. */
export async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw storeError(error, folder, 'read');
  }
}

/** Removes drafts that a killed process left. Only for whoever holds the lock of the folder. */
export async function removeDrafts(folder: string): Promise<void> {
  const drafts = (await listFolder(folder)).filter(
    (name) => name.startsWith('.') && name.endsWith(temporary),
  );
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })));
}
