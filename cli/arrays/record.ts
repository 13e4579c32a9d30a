import { nearest } from '../../grammar/nearest.ts';
import { UsageError } from '../errors.ts';

/** Fields of a question by their names in lower case with `_`. */
export type Fields<Name extends string> = Readonly<Partial<Record<Name, unknown>>>;

/**
 * The fields of a question. A name may be written as its flag is: `teacher-logits`, `teacher_logits` and
 * `teacherLogits` are one. A name that is not known is an error, so that no typing mistake goes unseen.
 */
export function fieldsOf<const Name extends string>(value: unknown, known: readonly Name[]): Fields<Name> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError('A question is a JSON object.', `Its fields: ${known.join(', ')}.`);
  const fields: Partial<Record<Name, unknown>> = {};
  for (const [written, content] of Object.entries(value)) {
    const name = known.find((one) => one === plain(written));
    if (name === undefined) {
      const best = nearest(plain(written), known);
      throw new UsageError(
        `There is no field \`${written}\`.`,
        best ? `Did you mean \`${best}\`?` : `Known are: ${known.join(', ')}.`,
      );
    }
    if (fields[name] !== undefined) throw new UsageError(`The field \`${name}\` is there twice.`);
    if (content !== null) fields[name] = content;
  }
  return fields;
}

const plain = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();

export function textField(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new UsageError(`\`${name}\` must be a text, found ${JSON.stringify(value) ?? 'nothing'}.`);
}

/** A number from JSON, or from the text of a flag. */
export function numberField(
  value: unknown,
  name: string,
  { integer = false, minimum }: { readonly integer?: boolean; readonly minimum?: number } = {},
): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const fits = (one: number) =>
    Number.isFinite(one) && (!integer || Number.isInteger(one)) && (minimum === undefined || one >= minimum);
  if (typeof number === 'number' && fits(number)) return number;
  const least = minimum === undefined ? '' : ` of at least ${minimum}`;
  throw new UsageError(
    `\`${name}\` must be a ${integer ? 'whole ' : ''}number${least}, found ${JSON.stringify(value)}.`,
  );
}

export function switchField(value: unknown, name: string): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw new UsageError(`\`${name}\` must be true or false, found ${JSON.stringify(value)}.`);
}
