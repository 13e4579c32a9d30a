import { allow } from '../runtime/own/permission.ts';
import type { Context, Report } from './command.ts';
import { UsageError } from './errors.ts';
import { ownSignatures } from './own-signatures.ts';

/** Records that files may be run; nothing is recorded unless all of them bring components and have no problem. */
export function allowFiles(files: readonly string[], context: Context): Report {
  const read = files.map((file) => {
    const signatures = ownSignatures(file, context)(file);
    if (!signatures) throw new UsageError(`There is no file ${file}.`, 'Check the path.');
    const [problem] = signatures.problems;
    if (problem)
      throw new UsageError(
        `${file}:${problem.line}: ${problem.message}`,
        'dml allow is for files that experiments use; dml check shows all that is wrong in one.',
      );
    return { file, ...signatures };
  });
  for (const { file, code } of read) allow(code, file, context.env);
  return {
    exit: 0,
    data: { allowed: read.map(({ file, code }) => ({ file, code })) },
    text: read.map(({ file }) => `${file} may be run until it changes.\n`).join(''),
  };
}
