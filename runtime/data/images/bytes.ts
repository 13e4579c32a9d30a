import type { Stats } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { DataError } from '../source.ts';

const denied = ['may not be read: permission denied', 'Check its owner and permissions.'] as const;
const reasons: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOENT: ['is not there', 'Check the path.'],
  ENOTDIR: ['is not there', 'Check the path: a part of it is a file.'],
  EISDIR: ['is a folder, not a file', 'Name a file in it.'],
  ESPIPE: ['is a pipe or a device, not a file', 'Write what it gives to a file, and name that.'],
  ELOOP: ['cannot be read: its links lead in a circle', 'Check where the link points to.'],
  EACCES: denied,
  EPERM: denied,
};

/** The whole file. */
export function readBytes(path: string): Promise<Uint8Array> {
  return orDataError(
    path,
    regularFile(path).then(() => readFile(path)),
  );
}

/** The first `count` bytes, or fewer if the file is shorter. */
export function readHead(path: string, count: number): Promise<Uint8Array> {
  return orDataError(path, head(path, count));
}

async function head(path: string, count: number): Promise<Uint8Array> {
  await regularFile(path);
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What is known of a file; what is there and none is not even opened, as a pipe would wait for ever. */
export async function regularFile(path: string): Promise<Stats> {
  const found = await stat(path);
  if (found.isFile()) return found;
  throw Object.assign(new Error(), { code: found.isDirectory() ? 'EISDIR' : 'ESPIPE' });
}

/** What the system refuses, as a message that names the file. */
export async function orDataError<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [reason, help] = reasons[code ?? ''] ?? [`cannot be read: ${message}`, undefined];
    throw new DataError(`${path} ${reason}.`, path, help);
  }
}
