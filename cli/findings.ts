import type { Diagnostic } from '../grammar/diagnostic.ts';
import { render } from '../grammar/render.ts';
import type { Context, Report } from './command.ts';

/**
 * What was found in some files, with a summary; exit 1 if there is anything of a severity that counts. `more` stands
 * between the findings and the summary.
 */
export function findingsReport(
  diagnostics: readonly Diagnostic[],
  files: number,
  { terminal }: Context,
  more: Pick<Report, 'text' | 'data'> = { text: '', data: {} },
): Report {
  const colour = terminal.out.colors.isColorSupported;
  const text = render(diagnostics, { colour });
  return {
    exit: diagnostics.length > 0 ? 1 : 0,
    data: more.data,
    diagnostics,
    text: [text, more.text, `${summarize(diagnostics, files)}\n`].filter((part) => part !== '').join('\n'),
  };
}

/** `2 errors and 1 warning in 3 files.` */
export function summarize(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return `${parts.length > 0 ? parts.join(' and ') : 'Nothing found'} in ${count(files, 'file')}.`;
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** A file that several others use is checked with each of them; its findings count once. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, span, message }: Diagnostic) =>
    [code, span.source.path, span.start, span.end, message].join('\u0000');
  return [...new Map(diagnostics.map((diagnostic) => [key(diagnostic), diagnostic])).values()];
}
