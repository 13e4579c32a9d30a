import type { Outcome } from '../../grammar/diagnostic.ts';
import { positionAt } from '../../grammar/source.ts';
import { ArrayError } from './given.ts';

/** The value of an expression that was checked; what is wrong with it as one message otherwise. */
export function checked<T>({ value, diagnostics }: Outcome<T>, text: string): T {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  if (value !== undefined && !first) return value;
  if (!first) throw new ArrayError(`The expression '${text}' is wrong.`);
  const { column } = positionAt(first.span.source, first.span.start);
  const more =
    others.length > 0 ? ` (and ${others.length} more: ${others.map(({ code }) => code).join(', ')})` : '';
  throw new ArrayError(
    `The expression '${text}' is wrong at column ${column}: ${first.code} ${first.message}${more}`,
    first.help ?? `dml explain ${first.code} tells more.`,
  );
}
