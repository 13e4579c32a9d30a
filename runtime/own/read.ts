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
  const main = path.relative(root, full).split(path.sep).join('/');
  const key = `${root}\0${main}`;
  const reader = readerVersion();
  const kept = recall<Kept>('signatures', key, place.env);
  if (kept?.reader === reader && areUnchanged(kept.answer.files, root)) return signatures(kept.answer, file);
  onStart(file);
  try {
    const answer = ask({ job: 'read', main, root });
    cache('signatures', key, { reader, answer } satisfies Kept, place.env);
    return signatures(answer, file);
  } catch (error) {
    if (!(error instanceof OwnError)) throw error;
    return { components: [], code: '', problems: [{ line: 1, message: error.message }] };
  }
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
