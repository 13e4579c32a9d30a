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
    exit: diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0,
    data: more.data,
    diagnostics,
    text: [text, more.text, `${summarize(diagnostics, files)}\n`].filter((part) => part !== '').join('\n'),
  };
}

/** `2 errors and 1 warning in 3 files.` */
export function summarize(diagnostics: readonly Diagnostic[], files: number): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found > 0 ? [count(found, nouns[severity])] : [];
  });
  const list = parts.length > 2 ? [`${parts[0]}, ${parts[1]}`, parts[2]!] : parts;
  return `${list.length > 0 ? list.join(' and ') : 'Nothing found'} in ${count(files, 'file')}.`;
}

const nouns = { error: 'error', warning: 'warning', info: 'note' } as const;

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** A file that several others use is checked with each of them; its findings count once. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, span, message }: Diagnostic) =>
    [code, span.source.path, span.start, span.end, message].join('\u0000');
  return [...new Map(diagnostics.map((diagnostic) => [key(diagnostic), diagnostic])).values()];
}
