import { statSync } from 'node:fs';
import path from 'node:path';
import type { Signatures } from '../../compiler/registry.ts';
import { ask, readerVersion } from './ask.ts';
import { areUnchanged, codeOf } from './code.ts';
import { cache, recall } from './home.ts';
import { OwnError } from './own-error.ts';
import type { ReadAnswer } from './protocol.ts';

/** Where a user's files are looked for. */
export interface Place {
  /** Paths of `use` are relative to it. */
  readonly cwd: string;
  /** Folder that no file and no import may leave; relative to `cwd`, or absolute. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Kept {
  readonly reader: string;
  readonly answer: ReadAnswer;
}

/**
 * What a user's TypeScript file brings, by its path: from the cache if the file, and all that it imports, are what they
 * were; else from a process that holds TypeScript. Nothing is run. `undefined` if there is no such file.
 *
 * @param onStart called before the process is started, which takes about a second
 */
export function readSignatures(
  file: string,
  place: Place,
  onStart: (file: string) => void,
): Signatures | undefined {
  const root = path.resolve(place.cwd, place.root);
  const full = path.resolve(place.cwd, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return undefined;
  const kept = recallAnswer(file, place);
  if (kept && areUnchanged(kept.files, root)) return signatures(kept, file);
  onStart(file);
  try {
    const answer = ask({ job: 'read', main: mainOf(file, place), root });
    const entry: Kept = { reader: readerVersion(), answer };
    cache('signatures', keyOf(file, place), entry, place.env);
    const read = signatures(answer, file);
    cache('signatures', read.code, signatures(answer, full), place.env);
    return read;
  } catch (error) {
    if (!(error instanceof OwnError)) throw error;
    return { components: [], code: '', problems: [{ line: 1, message: error.message }] };
  }
}

/**
 * The same without asking anybody: what it brought when it was last read, if it is what it was then, and nothing at all
 * where that is not known.
 */
export function keptSignatures(file: string, place: Place): Signatures | undefined {
  const full = path.resolve(place.cwd, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return undefined;
  const kept = recallAnswer(file, place);
  if (kept && areUnchanged(kept.files, path.resolve(place.cwd, place.root))) return signatures(kept, file);
  return { components: [], code: '', problems: [] };
}

/** What the file with this code brought when it was last read, here or in another project; `undefined` if it never was. */
export const signaturesOfCode = (code: string, env: Place['env']): Signatures | undefined =>
  recall<Signatures>('signatures', code, env);

/** The files that a user's file imports, by their paths from `root`, as they were when it was last read. */
export const importedBy = (file: string, place: Place): readonly string[] =>
  (recallAnswer(file, place)?.files ?? []).slice(1).map((each) => each.path);

/** The path of a user's file from `root`, with slashes. */
export const mainOf = (file: string, { cwd, root }: Place): string =>
  path.relative(path.resolve(cwd, root), path.resolve(cwd, file)).split(path.sep).join('/');

const keyOf = (file: string, place: Place): string =>
  `${path.resolve(place.cwd, place.root)}\0${mainOf(file, place)}`;

function recallAnswer(file: string, place: Place): ReadAnswer | undefined {
  const kept = recall<Kept>('signatures', keyOf(file, place), place.env);
  return kept?.reader === readerVersion() ? kept.answer : undefined;
}

function signatures({ files, components, problems }: ReadAnswer, file: string): Signatures {
  const main = files[0]!.path;
  return {
    code: codeOf(files),
    components: components.map((component) => ({ ...component, file })),
    problems: problems.map(({ path: where, line, message }) =>
      where === main ? { line, message } : { line: 1, message: `In ${where}, line ${line}: ${message}` },
    ),
  };
}
