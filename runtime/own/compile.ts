import path from 'node:path';
import { ask, readerVersion } from './ask.ts';
import { codeOf } from './code.ts';
import { cache, recall } from './home.ts';
import { OwnError } from './own-error.ts';
import type { Module, TypeFault } from './protocol.ts';
import { mainOf, type Place } from './read.ts';

/** A user's file, ready to be run: plain data, which a worker gets as it is. */
export interface OwnProgram {
  readonly code: string;
  /** As messages name it. */
  readonly file: string;
  /** Of the file itself, among `modules`. */
  readonly main: string;
  readonly modules: readonly Module[];
}

/** The program of a file, or what TypeScript finds wrong in it. */
export type Compiled = { readonly program: OwnProgram } | { readonly errors: readonly TypeFault[] };

/**
 * Checks the types of a user's file and makes JavaScript of it, in a process of its own; kept by hash of the code.
 * Throws an OwnError if the file is no longer the one with this hash.
 */
export function compileOwn(file: string, code: string, place: Place): Compiled {
  const { cwd, root, env } = place;
  const main = mainOf(file, place);
  const key = `${code} ${readerVersion()}`;
  const kept = recall<Pick<OwnProgram, 'main' | 'modules'>>('programs', key, env);
  if (kept) return { program: { ...kept, code, file } };
  const { files, errors, modules } = ask({ job: 'compile', main, root: path.resolve(cwd, root) });
  if (codeOf(files) !== code)
    throw new OwnError(
      'This is no longer the file that was read.',
      file,
      'Run the command again; of an experiment in its canonical form, bring the file back as it was.',
    );
  if (errors.length > 0) return { errors };
  cache('programs', key, { main, modules }, env);
  return { program: { code, file, main, modules } };
}
