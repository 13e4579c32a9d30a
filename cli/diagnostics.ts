import type { Diagnostic } from '../grammar/diagnostic.ts';
import { positionAt, type Source, type Span } from '../grammar/source.ts';
import type { Colors } from './terminal.ts';

/**
 * A finding for people: place, severity, code and message on the first line, then the excerpt with the place
 * underlined, other places that belong to it, and what to do.
 */
export function printDiagnostic(diagnostic: Diagnostic, colors: Colors): string {
  const { bold, red, yellow, cyan, dim } = colors;
  const { code, severity, span, message, help, related = [], fix } = diagnostic;
  const color = severity === 'error' ? red : yellow;
  const lines = [
    `${bold(placeOf(span))}: ${color(bold(severity))} ${dim(code)}: ${bold(message)}`,
    ...excerpt(span, (text) => color(text), colors),
    ...related.flatMap((other) => [
      `  ${cyan('note')}: ${placeOf(other.span)}: ${other.message}`,
      ...excerpt(other.span, (text) => cyan(text), colors),
    ]),
    ...(help ? [`  ${cyan('help')}: ${help}`] : []),
    ...(fix ? [`  ${cyan('fix')}: ${fix.title}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** `2 errors and 1 warning in 3 files.` */
export function summarize(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    errors > 0 ? count(errors, 'error') : [],
    warnings > 0 ? count(warnings, 'warning') : [],
  ].flat();
  return `${parts.length === 0 ? 'Nothing found' : parts.join(' and ')} in ${count(files, 'file')}.`;
}

/** As JSON: places with line and column, counted from 1, and offsets in UTF-16 units, counted from 0. */
export function diagnosticData({ code, severity, span, message, help, related, fix }: Diagnostic) {
  return {
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...placeData(span),
    ...(related
      ? { related: related.map((other) => ({ message: other.message, ...placeData(other.span) })) }
      : {}),
    ...(fix ? { fix: { title: fix.title, replacement: fix.replacement, ...placeData(fix.span) } } : {}),
  };
}

export const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

function placeData({ source, start, end }: Span) {
  return {
    file: source.path,
    start: { ...positionAt(source, start), offset: start },
    end: { ...positionAt(source, end), offset: end },
  };
}

function placeOf({ source, start }: Span): string {
  const { line, column } = positionAt(source, start);
  return `${source.path}:${line}:${column}`;
}

/** The line of the span, underlined; of a longer span its first line. */
function excerpt(span: Span, color: (text: string) => string, { dim }: Colors): readonly string[] {
  const { line, column } = positionAt(span.source, span.start);
  const text = lineAt(span.source, line);
  const width = Math.max(1, Math.min(span.end - span.start, text.length - column + 1));
  const number = String(line).padStart(4);
  // A tab stays a tab, so that the underline stands right below, however wide it is shown.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [`${dim(`${number} │`)} ${text}`, `${dim('     │')} ${indent}${color('^'.repeat(width))}`];
}

const lineAt = (source: Source, line: number) => (source.text.split('\n')[line - 1] ?? '').replace(/\r$/, '');
