import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Report } from './command.ts';
import { UnreadableFile } from './errors.ts';

/** One function of files, for several of them: one that cannot be read does not keep the others from being told. */
export interface Tolerant<More extends readonly unknown[], T> {
  readonly look: (file: string, ...more: More) => Promise<T>;
  /** The same report, of a command that could not do all of its work if a file could not be read. */
  readonly ended: (report: Report) => Report;
}

/**
 * @param files all that are looked at: where it is one, an error that it cannot be read stays what it is
 * @param instead what stands for a file that cannot be read: the finding that says so, and nothing else
 */
export function tolerant<More extends readonly unknown[], T>(
  files: readonly string[],
  look: (file: string, ...more: More) => Promise<T>,
  instead: (finding: Diagnostic, file: string) => T,
): Tolerant<More, T> {
  let isWhole = true;
  return {
    look: async (file, ...more) => {
      try {
        return await look(file, ...more);
      } catch (error) {
        if (!(error instanceof UnreadableFile) || files.length === 1) throw error;
        isWhole = false;
        return instead(findingOf(error, file), file);
      }
    },
    ended: (report) => (isWhole ? report : { ...report, exit: 2 }),
  };
}

function findingOf({ message, help }: UnreadableFile, file: string): Diagnostic {
  const span = { source: { path: file, text: '' }, start: 0, end: 0 };
  return { code: 'DML1240', severity: 'error', span, message, ...(help ? { help } : {}) };
}
