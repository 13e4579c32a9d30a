import { stat } from 'node:fs/promises';
import path from 'node:path';
import { arrayEndings } from '../../runtime/arrays/formats.ts';
import { naturalOrder } from '../../runtime/data/natural-order.ts';
import { type Found, findFiles, placeholders } from '../../runtime/data/pattern.ts';
import { DataError } from '../../runtime/data/source.ts';
import { UsageError } from '../errors.ts';

/** The files of one flag: names, folders, or patterns with `{case}` (or one `*`) and, of raters, `{rater}`. */
export interface CaseFlag {
  readonly files: readonly string[];
  /** Every case needs it, if the flag is given at all; otherwise one file may serve all cases. */
  readonly role: 'each' | 'shared';
}

export interface MatchedCase {
  readonly id: string;
  /** By flag, in the order of the raters. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

export interface Matched {
  readonly cases: readonly MatchedCase[];
  /** Files without a case. */
  readonly warnings: readonly string[];
}

/**
 * Puts the files of several flags together by the names of their cases, which those of `leading` decide. Without
 * folders and patterns there is one case, of all files.
 *
 * @throws DataError where a case lacks a file
 */
export async function matchCases(
  leading: string,
  flags: Readonly<Record<string, CaseFlag>>,
  cwd: string,
): Promise<Matched> {
  const listed = await Promise.all(
    Object.entries(flags).map(async ([flag, { files, role }]) => {
      const lists = await Promise.all(files.map((file) => ratersOf(flag, file, cwd)));
      return [flag, { files: lists.flat(), role }] as const;
    }),
  );
  const given = listed.filter(([, { files }]) => files.length > 0);
  const found = await Promise.all(
    given.map(async ([flag, { files, role }]) => ({
      flag,
      role,
      files,
      cases: await expand(flag, files, cwd),
    })),
  );
  const lead = found.find(({ flag }) => flag === leading);
  if (!lead?.cases) {
    const strange = found.find(({ cases }) => cases);
    if (strange)
      throw new UsageError(
        `--${strange.flag} names many cases, but --${leading} names one.`,
        `Give a folder or a pattern with {case} to --${leading} as well.`,
      );
    return { cases: [{ id: idOf(lead?.files[0] ?? leading), files: byFlag(given) }], warnings: [] };
  }
  const ids = [...lead.cases.keys()].sort(naturalOrder);
  const warnings: string[] = [];
  for (const { flag, role, files, cases } of found) {
    if (!cases && (role === 'each' || files.length > 1))
      throw new UsageError(
        `--${leading} names ${ids.length} cases, but --${flag} names single files.`,
        `Give a folder or a pattern with {case} to --${flag} as well.`,
      );
    if (!cases) continue;
    const missing = ids.filter((id) => !cases.has(id));
    if (missing.length > 0)
      throw new DataError(
        `${some(missing, 'case')} of --${leading} ${missing.length > 1 ? 'have' : 'has'} no file of --${flag} (${files.join(', ')}).`,
        files[0]!,
        `Names are matched without their endings. --${flag} has ${some([...cases.keys()], 'case')}.`,
      );
    const spare = [...cases.keys()].filter((id) => !lead.cases!.has(id));
    if (spare.length > 0) warnings.push(`${some(spare, 'case')} of --${flag} not in --${leading}: left out.`);
  }
  const counts = new Set(
    ids.map((id) => found.find(({ flag }) => flag === 'raters')?.cases?.get(id)?.length),
  );
  if (counts.size > 1) warnings.push(`Cases have different numbers of raters: ${[...counts].join(', ')}.`);
  return {
    cases: ids.map((id) => ({
      id,
      files: Object.fromEntries(found.map(({ flag, files, cases }) => [flag, cases?.get(id) ?? files])),
    })),
    warnings,
  };
}

/** The files of a pattern that tells raters apart and no cases, in the order of the raters. */
async function ratersOf(flag: string, pattern: string, cwd: string): Promise<readonly string[]> {
  const known = placeholders(pattern);
  if (!known.includes('rater') || known.includes('case')) return [pattern];
  return (await filesOf(flag, pattern, pattern, cwd)).map(({ file }) => file);
}

/** Files by case; `undefined` where they are plain names. */
async function expand(
  flag: string,
  patterns: readonly string[],
  cwd: string,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const lists = await Promise.all(patterns.map((pattern) => expandOne(flag, pattern, cwd)));
  if (lists.every((list) => list === undefined)) return undefined;
  const plain = lists.indexOf(undefined);
  if (plain >= 0)
    throw new UsageError(
      `--${flag} ${patterns[plain]} names a single file beside folders or patterns.`,
      `Give patterns alone, or files alone, to --${flag}.`,
    );
  const cases = new Map<string, string[]>();
  // Patterns in their order, so that the first one is the first rater of every case.
  for (const list of lists) for (const [id, file] of list!) cases.set(id, [...(cases.get(id) ?? []), file]);
  return cases;
}

async function expandOne(
  flag: string,
  pattern: string,
  cwd: string,
): Promise<(readonly [id: string, file: string])[] | undefined> {
  const folder = await stat(path.resolve(cwd, pattern)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const written = folder ? `${pattern.replace(/\/+$/, '')}/{case}` : starAsCase(pattern);
  if (!placeholders(written).includes('case')) return undefined;
  const files = (await filesOf(flag, pattern, written, cwd))
    .filter(({ file }) => !folder || arrayEndings.some((ending) => file.toLowerCase().endsWith(ending)))
    .map(({ file, bound }) => ({ id: folder ? idOf(bound.case!) : bound.case!, file }));
  if (files.length === 0)
    throw new DataError(
      `${pattern} of --${flag} holds no array.`,
      pattern,
      `Arrays are files that end in ${arrayEndings.join(', ')}.`,
    );
  const twice = files.find(({ id }, i) => folder && files.findIndex((other) => other.id === id) !== i);
  if (twice)
    throw new DataError(
      `${pattern} holds several files of the case ${twice.id}.`,
      pattern,
      `Give a pattern with the ending: ${pattern}/{case}.npy`,
    );
  return files.map(({ id, file }) => [id, file]);
}

/** At least one. @param pattern as it was given, for messages */
async function filesOf(
  flag: string,
  pattern: string,
  written: string,
  cwd: string,
): Promise<readonly Found[]> {
  const [base, below] = splitBase(written);
  const { found, seen } = await findFiles(path.resolve(cwd, base), below).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new DataError(`The folder ${base} of --${flag} is not there.`, pattern, 'Check the path.');
  });
  if (found.length > 0) return found.map(({ file, bound }) => ({ file: path.join(base, file), bound }));
  throw new DataError(
    `No file fits ${pattern} of --${flag}: ${path.relative(cwd, seen.folder) || '.'} holds ${some(seen.entries, 'entry')}.`,
    pattern,
    '{case} and {rater} stand for names, * for any text; none of them crosses a /.',
  );
}

/** A single `*` stands for the name of the case. */
const starAsCase = (pattern: string): string =>
  pattern.includes('{case}') || pattern.split('*').length !== 2 ? pattern : pattern.replace('*', '{case}');

/** The folders before the first placeholder, and the rest. */
function splitBase(pattern: string): [base: string, below: string] {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => /[*{]/.test(part));
  const base = parts.slice(0, first).join('/');
  return [base === '' ? (pattern.startsWith('/') ? '/' : '.') : base, parts.slice(first).join('/')];
}

/** The name of a file without folder, `#member` and ending. */
export function idOf(file: string): string {
  const name = path.basename(file.replace(/#[^/]*$/, ''));
  const ending = arrayEndings
    .filter((one) => name.toLowerCase().endsWith(one))
    .sort((a, b) => b.length - a.length)[0];
  return ending ? name.slice(0, -ending.length) : name;
}

const byFlag = (given: readonly (readonly [string, CaseFlag])[]) =>
  Object.fromEntries(given.map(([flag, { files }]) => [flag, files]));

function some(names: readonly string[], noun: string): string {
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  if (names.length === 0) return `no ${noun}`;
  const plural = noun === 'entry' ? 'entries' : `${noun}s`;
  return `${names.length === 1 ? noun : plural} ${shown}`;
}
