import path from 'node:path';
import type { Context } from './command.ts';

/** The data root: `--data`, else `DML_DATA`, else `data` beside the file. */
export function dataRoot(
  named: string | undefined,
  file: string,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): string {
  const given = named ?? env.DML_DATA;
  return given ? path.resolve(cwd, given) : path.resolve(cwd, path.dirname(file), 'data');
}

/** Where runs are kept: `--out`, else `runs` beside the file. */
export function outFolder(named: string | undefined, file: string, { cwd }: Context): string {
  return path.resolve(cwd, named ?? path.join(path.dirname(file), 'runs'));
}
