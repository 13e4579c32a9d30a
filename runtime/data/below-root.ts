import { DataError } from './source.ts';

/** A path or pattern that stays below the data root. `written` is how the file says it: `images: "../{case}.png"`. */
export function belowRoot(path: string, written: string): string {
  const leaves = path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes('..');
  if (!leaves) return path;
  throw new DataError(
    `\`${written}\` leaves the data root.`,
    path,
    'Give a path below it, and the root itself by `--data DIR` or DML_DATA.',
  );
}
