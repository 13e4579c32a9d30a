import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import type { OwnProgram } from './compile.ts';
import { OwnError } from './own-error.ts';

/** Runs a part of a user's program; what it throws names its file, its component and the line of the TypeScript. */
export function blame<T>(program: OwnProgram, component: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // Errors that are made for people (of a model, a label step) say what to do by themselves.
    if (error instanceof Error && 'help' in error) throw error;
    const place = placeOf(error, program);
    const said = error instanceof Error ? error.message : String(error);
    throw new OwnError(
      `\`${component}\` threw an error${place ? ` at ${place.file}:${place.line}` : ''}: ${said}`,
      program.file,
      'The file is your own: correct it there.',
    );
  }
}

/** The innermost place in the user's files that a stack names. */
function placeOf(
  error: unknown,
  { code, file, main, modules }: OwnProgram,
): { readonly file: string; readonly line: number } | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = new RegExp(`${scriptFolder(code)}(?<module>[^\\n]*?):(?<line>\\d+):(?<column>\\d+)`).exec(
    stack,
  );
  const { module: name = '', line = '1', column = '1' } = frame?.groups ?? {};
  const module = modules.find((each) => each.path === name);
  if (!module) return undefined;
  const map = new SourceMap(JSON.parse(module.map) as SourceMapPayload);
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  const shown = path.join(path.dirname(file), path.relative(path.dirname(main), name));
  return { file: shown, line: 'originalLine' in entry ? entry.originalLine + 1 : Number(line) };
}

/** What stacks call the modules of a program: no path of a file, so that no frame of another one is taken for it. */
export const scriptFolder = (code: string): string => `dml-own/${code}/`;
