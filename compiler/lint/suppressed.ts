import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { messages as grammarMessages } from '../../grammar/messages.ts';
import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import { suggestion } from '../check/blame.ts';
import { collectFindings } from '../check/context.ts';
import { messages as checkMessages } from '../check/messages.ts';
import { type Suppression, suppressionOf } from '../check/suppression.ts';
import { textAt } from './edits.ts';
import { messages } from './messages.ts';
import { rules } from './rules/index.ts';

/**
 * What is found in a file, less what is suppressed with a reason.
 *
 * @param own suppressions that are found themselves where they suppress nothing
 */
export function withoutSuppressed(
  file: string,
  found: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  own: readonly Suppression[],
): readonly Diagnostic[] {
  const silenced = new Map(found.map((diagnostic) => [diagnostic, suppressionOf(diagnostic, suppressions)]));
  const collected = collectFindings(file);
  for (const [diagnostic, suppression] of silenced) if (!suppression) collected.report(diagnostic);
  const used = new Set(
    [...silenced].flatMap(([{ code }, suppression]) => (suppression ? [keyOf(suppression, code)] : [])),
  );
  for (const suppression of own) idle(suppression, used).forEach(collected.report);
  return collected.all();
}

const keyOf = ({ span }: Suppression, code: string) => `${span.source.path} ${span.start} ${code}`;

/** Everything that is not an error and so can be suppressed. */
const known: readonly string[] = [
  ...rules.map(({ code }) => code),
  ...[grammarMessages, checkMessages, messages].flatMap(({ entries }) => Object.keys(entries)),
];

/** A code that nothing has, with the one that was meant; the comment alone changes. */
function unknown(code: string, span: Span): Diagnostic {
  const guess = nearest(code, known);
  const start = span.start + textAt(span).indexOf(code);
  const place = { ...span, start, end: start + code.length };
  if (guess === undefined) return messages.at(place, 'DML3003', { code });
  return messages.at(place, 'DML3003', { code }, suggestion(place, guess, known));
}

/** What a suppression itself is found for: no code, no reason, or nothing that it suppresses. */
function idle(suppression: Suppression, used: ReadonlySet<string>): readonly Diagnostic[] {
  const { codes, reason, span } = suppression;
  if (codes.length === 0) return [messages.at(span, 'DML3001', { missing: 'it names no code' })];
  if (reason === '') return [messages.at(span, 'DML3001', { missing: 'it gives no reason' })];
  return codes
    .filter((code) => !used.has(keyOf(suppression, code)))
    .map((code) => (known.includes(code) ? messages.at(span, 'DML3002', { code }) : unknown(code, span)));
}
