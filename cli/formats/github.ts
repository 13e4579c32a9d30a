import { positionAt } from '../../grammar/source.ts';
import type { Printer } from './format.ts';

/** Workflow commands, which GitHub shows as annotations of a pull request. */
export const github: Printer = ({ command, diagnostics, failure }) => {
  const findings = diagnostics.map(({ code, severity, span, message, help }) => {
    const [start, end] = [positionAt(span.source, span.start), positionAt(span.source, span.end)];
    // GitHub ignores columns of a stretch over several lines.
    const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
    const place = { file: span.source.path, line: start.line, endLine: end.line, ...columns };
    return annotation(kinds[severity], { ...place, title: code }, help ? `${message}\n${help}` : message);
  });
  const failed = failure
    ? [
        annotation(
          'error',
          { ...(failure.file ? { file: failure.file } : {}), title: `dml ${command}`.trim() },
          [failure.message, failure.help].filter(Boolean).join('\n'),
        ),
      ]
    : [];
  return [...findings, ...failed].map((line) => `${line}\n`).join('');
};

const kinds = { error: 'error', warning: 'warning', info: 'notice' } as const;

const annotation = (
  kind: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string => {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${kind} ${list.join(',')}::${escapeText(message)}`;
};

const escapeText = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
