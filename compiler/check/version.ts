import type { Diagnostic, Fix } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';

/** The version of the language that this is. */
export const languageVersion = 1;

/** A version that is written, and where. */
interface WrittenVersion {
  readonly value: number;
  readonly span: Span;
}

/** Reports that a file does not say its version, at its beginning, or that it is of another one. `line` is what says it. */
export function checkVersion(
  version: WrittenVersion | undefined,
  beginning: Span,
  line: string,
  { report }: Pick<Context, 'report'>,
): void {
  if (!version) report(messages.at(beginning, 'DML1250', { line }, { fix: begun(beginning, line) }));
  else if (version.value !== languageVersion)
    report(messages.at(version.span, 'DML1251', { version: String(version.value), line }));
}

/** What a file of a newer version of the language is told by what only looks at its text: its layout is not known here. */
export function newerVersion(version: WrittenVersion | undefined): readonly Diagnostic[] {
  if (!version || version.value <= languageVersion) return [];
  const found: Diagnostic[] = [];
  checkVersion(version, version.span, `dml ${languageVersion}`, { report: (one) => found.push(one) });
  return found;
}

/** Above everything, behind a byte order mark. */
function begun(beginning: Span, line: string): Fix {
  const start = beginning.source.text.startsWith('\uFEFF') ? 1 : 0;
  const edits = [{ span: { ...beginning, start, end: start }, replacement: `${line}\n` }];
  return { title: `Begin with \`${line}\``, edits, safe: true };
}
