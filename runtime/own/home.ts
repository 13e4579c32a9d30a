import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { homeFolder } from '../home.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What is remembered of users' files: signatures by path, programs, permissions and verdicts by hash of the code, what was
 * seen in many files by their folder. It lies in the user's folder, so that nobody else's project can put something there.
 */
export type Shelf = 'signatures' | 'programs' | 'allowed' | 'verdicts' | 'seen';

const fileOf = (shelf: Shelf, key: string, env: Environment): string =>
  path.join(homeFolder(env), 'own', shelf, `${createHash('sha256').update(key).digest('hex')}.json`);

/** What was kept under a key; `undefined` if nothing was, or if it cannot be read. Synchronous, since `check` is. */
export function recall<T>(shelf: Shelf, key: string, env: Environment): T | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(shelf, key, env), 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Keeps a value under a key, by a temporary name; throws what the file system throws. */
export function keep(shelf: Shelf, key: string, value: unknown, env: Environment): void {
  const file = fileOf(shelf, key, env);
  const draft = `${file}.${process.pid}.tmp`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeFileSync(draft, JSON.stringify(value));
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The same for what can be found out again: where nothing can be kept, nothing is. */
export function cache(shelf: Shelf, key: string, value: unknown, env: Environment): void {
  try {
    keep(shelf, key, value, env);
  } catch {
    // A read-only home: the next command asks again.
  }
}
