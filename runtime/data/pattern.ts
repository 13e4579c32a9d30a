import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { naturalOrder } from './natural-order.ts';

/** A file that fits a pattern. */
export interface Found {
  /** Below the folder that was searched, as spelled on disk, with `/`. */
  readonly file: string;
  /** What stood for each placeholder, as spelled on disk. */
  readonly bound: Readonly<Record<string, string>>;
}

export interface Search {
  readonly found: readonly Found[];
  /** Where nothing was found: the last folder that was looked into, and what is in it. */
  readonly seen: { readonly folder: string; readonly entries: readonly string[] };
}

/**
 * Files below `folder` that fit `pattern`, in natural order: `{name}` and `*` stand for any text without `/`, and
 * a name that occurs twice for the same text. Letter case does not count. Hidden files are passed over.
 * Rejects as `readdir` does if `folder` is not there.
 */
export async function findFiles(folder: string, pattern: string): Promise<Search> {
  let found: Found[] = [{ file: '', bound: {} }];
  let seen: Search['seen'] = { folder, entries: [] };
  for (const segment of pattern.split('/')) {
    const levels = await Promise.all(found.map((at) => expand(folder, at, segment)));
    const first = levels[0];
    if (first) seen = { folder: join(folder, found[0]!.file), entries: first.entries };
    found = levels.flatMap((level) => level.fitting);
  }
  return { found: found.sort((a, b) => naturalOrder(a.file, b.file)), seen };
}

/** The placeholders of a pattern, each once. */
export function placeholders(pattern: string): string[] {
  return [...new Set([...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))];
}

interface Level {
  readonly entries: readonly string[];
  readonly fitting: readonly Found[];
}

async function expand(folder: string, at: Found, segment: string): Promise<Level> {
  const entries = (await entriesOf(join(folder, at.file), at.file === '')).sort(naturalOrder);
  const expression = regularExpression(segment, at.bound);
  const fitting = entries.flatMap((entry) => {
    const match = expression.exec(entry);
    if (!match) return [];
    const file = at.file === '' ? entry : `${at.file}/${entry}`;
    return [{ file, bound: { ...match.groups, ...at.bound } }];
  });
  return { entries, fitting };
}

async function entriesOf(folder: string, mustBeThere: boolean): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.'));
  } catch (error) {
    // A file where the pattern wants a folder merely does not fit.
    if (!mustBeThere && (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw error;
  }
}

function regularExpression(segment: string, bound: Readonly<Record<string, string>>): RegExp {
  const opened = new Set<string>();
  const source = segment.replace(/\{(\w+)\}|\*|[^\w*]/g, (token, name: string | undefined) => {
    if (token === '*') return '.*';
    if (name === undefined) return literal(token);
    if (bound[name] !== undefined) return [...bound[name]].map(literal).join('');
    if (opened.has(name)) return `\\k<${name}>`;
    opened.add(name);
    return `(?<${name}>.+)`;
  });
  return new RegExp(`^${source}$`, 'iu');
}

function literal(character: string): string {
  return /[\w\s]/u.test(character) ? character : character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
