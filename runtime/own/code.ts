import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { HashedFile } from './protocol.ts';

/**
 * The identity of a user's file: SHA-256 of its content and that of all files that it imports, these by their paths from
 * it. Where it lies, and what it is called, does not count.
 */
export function codeOf([main, ...imported]: readonly HashedFile[]): string {
  const from = path.posix.dirname(main!.path);
  const lines = imported.map(({ path: file, hash }) => `${path.posix.relative(from, file)}\0${hash}\n`);
  return createHash('sha256')
    .update([`${main!.hash}\n`, ...lines.sort()].join(''))
    .digest('hex');
}

/** Whether these files are what they were. */
export const areUnchanged = (files: readonly HashedFile[], root: string): boolean =>
  files.every(({ path: file, hash }) => hashInside(path.join(root, file), root) === hash);

/** SHA-256 of a file's bytes; `null` where there is no file, or a link to one outside of `root`. */
function hashInside(full: string, root: string): string | null {
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return null;
  const inside = path.relative(realpathSync(root), realpathSync(full));
  if (inside.startsWith('..') || path.isAbsolute(inside)) return null;
  return createHash('sha256').update(readFileSync(full)).digest('hex');
}
