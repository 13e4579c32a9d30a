import { open, readFile } from 'node:fs/promises';
import { DataError } from '../source.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
};

/** The whole file. */
export function readBytes(path: string): Promise<Uint8Array> {
  return orDataError(path, readFile(path));
}

/** The first `count` bytes, or fewer if the file is shorter. */
export function readHead(path: string, count: number): Promise<Uint8Array> {
  return orDataError(path, head(path, count));
}

async function head(path: string, count: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What the system refuses, as a message that names the file. */
export async function orDataError<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DataError(`${path} ${reasons[code ?? ''] ?? `cannot be read: ${message}`}.`, path);
  }
}
