import { nearest } from '../../grammar/nearest.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import { blame, suggestion } from './blame.ts';
import { type Context, lenient, once } from './context.ts';
import { describe, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';
import { type Given, pathText, type Setting, type Settings } from './settings.ts';
import type { Takes } from './takes.ts';
import { wordOf } from './values.ts';

/** How a field of a block is read. */
export interface FieldKind<T> {
  readonly takes: Takes;
  /** A field may take several values, separated by commas. */
  read(setting: Setting, context: Context): T | undefined;
  /** A path into it: `model.width` changes the option `width`. Absent for a field without parts. */
  part?(value: T, setting: Setting, context: Context): T | undefined;
  /** What `none` means, where the field is one that can be switched off. */
  readonly off?: T;
}

/** Fields of a block by name, each with what its values become. */
export type Fields<Draft> = { readonly [Name in keyof Draft]-?: FieldKind<Draft[Name]> };

/** What every field takes, and `none` where it can be switched off. */
export const takesOf = <Draft>(fields: Fields<Draft>): Readonly<Record<keyof Draft & string, Takes>> =>
  Object.fromEntries(
    Object.entries<FieldKind<unknown>>(fields).map(([name, { takes, off }]) => {
      const words = new Set([...(takes.words ?? []), ...(off === undefined ? [] : ['none'])]);
      return [name, words.size > 0 ? { ...takes, words: [...words] } : takes];
    }),
  ) as Readonly<Record<keyof Draft & string, Takes>>;

/** All fields that are given and right; `isWhole` if none that is given is wrong. */
export function readFields<Draft>(fields: Fields<Draft>, settings: Settings, context: Context) {
  const names = Object.keys(fields) as (keyof Draft & string)[];
  const meant = misspelt(names, settings);
  const draft: Partial<Draft> = {};
  for (const name of names) {
    const given = settings.get(name);
    if (!given?.whole && meant.has(name)) continue;
    const value = readField(fields[name], given, context);
    if (value !== undefined) draft[name] = value;
  }
  return { draft, isWhole: names.every((name) => !settings.has(name) || draft[name] !== undefined) };
}

/** Fields that are there under a name that is nearly theirs, which has been reported as an unknown field. */
export function misspelt(known: readonly string[], settings: Settings): ReadonlySet<string> {
  const unknown = [...settings.keys()].filter((field) => !known.includes(field));
  return new Set(unknown.flatMap((field) => nearest(field, known) ?? []));
}

/** Reads what is given of a field, parts included. `undefined` if it is not given or wrong. */
export function readField<T>(kind: FieldKind<T>, given: Given | undefined, context: Context): T | undefined {
  if (!given) return undefined;
  const known = context.known && once(context.known.fields, given, () => new Map<object, unknown>());
  return once(known as Map<object, T | undefined> | undefined, kind, () => readGiven(kind, given, context));
}

function readGiven<T>(kind: FieldKind<T>, { whole, parts }: Given, context: Context): T | undefined {
  if (!whole) {
    for (const part of parts) {
      const values = { path: pathText(part.target), field: part.target.path[0]!.text };
      context.report(messages.at(part.target.span, 'DML1215', values));
    }
    return undefined;
  }
  const isOff = kind.off !== undefined && whole.values.length === 1 && isWord('none', whole);
  const value = isOff ? kind.off : kind.read(whole, context);
  if (parts.length === 0) return value;
  // Paths into what is wrong are read as well, so that all that is wrong with them is said in one pass.
  let changed = value ?? kind.read(whole, lenient(context));
  let isWhole = value !== undefined;
  for (const part of parts) {
    const next = changed === undefined ? undefined : readPart(kind, changed, part, context);
    if (next === undefined) isWhole = false;
    else changed = next;
  }
  return isWhole ? changed : undefined;
}

function readPart<T>(kind: FieldKind<T>, value: T, part: Setting, context: Context): T | undefined {
  if (kind.part) return kind.part(value, part, context);
  const [field, name] = part.target.path as [Identifier, Identifier];
  const values = { field: field.text, part: name.text, has: 'no parts' };
  context.report(messages.at(part.target.span, 'DML1216', values));
  return undefined;
}

const isWord = (word: string, { values, scope }: Setting): boolean => {
  const resolved = resolve({ expression: values[0]!, scope });
  return resolved !== 'broken' && wordOf(resolved.expression) === word;
};

/** A field of exactly one value, which is described by `expected` where it cannot be read. */
export const one =
  <T>(read: (written: Written, context: Context) => T | undefined) =>
  (setting: Setting, context: Context): T | undefined => {
    const [expression, second] = setting.values;
    if (second) {
      context.report(messages.at(second.span, 'DML1302', { field: pathText(setting.target) }));
      return undefined;
    }
    return expression && read({ expression, scope: setting.scope }, context);
  };

/** A field of plain data: `read` says nothing, so that what is wrong is said here. */
export const plain = <T>(expected: string, read: (written: Written) => T | undefined, takes: Takes = {}) => ({
  takes,
  read: one<T>((written, context) => {
    const value = read(written);
    const { words = [] } = takes;
    const type = words.length > 0 ? { kind: 'choice' as const, values: words } : undefined;
    if (value !== undefined || blame(written, type, context)) return value;
    context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
    return undefined;
  }),
});

/** A field of several values: each becomes any number of `T`. */
export const several =
  <T>(read: (written: Written, context: Context) => readonly T[] | undefined) =>
  ({ values, scope }: Setting, context: Context): readonly T[] | undefined => {
    const parts = values.map((expression) => read({ expression, scope }, context));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  };

/** A path of one step below its field: `model.width`. */
export const option =
  <T>(change: (value: T, option: Identifier, written: Written, context: Context) => T | undefined) =>
  (value: T, setting: Setting, context: Context): T | undefined => {
    const [, name] = stepsOf(setting, 1, context);
    return name && one((written) => change(value, name, written, context))(setting, context);
  };

/** A path of two steps below its field: `labels.smooth.epsilon`. */
export const partOption =
  <T>(
    change: (
      value: T,
      path: readonly [Identifier, Identifier],
      written: Written,
      context: Context,
    ) => T | undefined,
  ) =>
  (value: T, setting: Setting, context: Context): T | undefined => {
    const [, part, name] = stepsOf(setting, 2, context);
    return part && name && one((written) => change(value, [part, name], written, context))(setting, context);
  };

function stepsOf({ target }: Setting, count: number, { report }: Context): readonly Identifier[] {
  if (target.path.length === count + 1) return target.path;
  const field = target.path[0]!.text;
  const shape = count === 1 ? `${field}.<option>` : `${field}.<component>.<option>`;
  report(messages.at(target.span, 'DML1226', { path: pathText(target), shape }));
  return [];
}

/**
 * A field of the language that this version knows and reads only as `accepted`, its default; `help` says what there is in
 * its place.
 */
export function reportLater(
  name: string,
  accepted: string,
  given: Given | undefined,
  { report }: Context,
  help?: string,
) {
  const settings = given ? [given.whole ?? [], given.parts].flat() : [];
  for (const setting of settings) {
    if (setting.target.path.length === 1 && setting.values.length === 1 && isWord(accepted, setting))
      continue;
    const feature =
      setting.target.path.length === 1 ? `\`${name}\` other than \`${accepted}\`` : `\`${name}\``;
    report(messages.at(setting.span, 'DML1209', { feature }, help === undefined ? {} : { help }));
  }
}

/** Fields that the block has not: reported with what is nearest. */
export function reportUnknown(
  keyword: string,
  known: readonly string[],
  settings: readonly Setting[],
  { report }: Context,
) {
  for (const { target } of settings) {
    const [field] = target.path as [Identifier];
    if (known.includes(field.text)) continue;
    const extra = suggestion(field.span, nearest(field.text, known), known);
    const block = keyword === 'experiment' ? 'An experiment' : `A ${keyword}`;
    report(messages.at(field.span, 'DML1212', { block, field: field.text }, extra));
  }
}

/**
 * Fields that must be given and are not, all in one message at the name of the block. One that is there but misspelt
 * has been reported as an unknown field.
 */
export function reportMissing(
  keyword: string,
  name: Identifier,
  {
    known,
    required,
  }: { readonly known: readonly string[]; readonly required: Readonly<Record<string, string>> },
  settings: Settings,
  { report }: Context,
) {
  const meant = misspelt(known, settings);
  const missing = Object.keys(required).filter((field) => !settings.get(field)?.whole && !meant.has(field));
  if (missing.length === 0) return;
  const help = missing.map((field) => `\`${field}: ${required[field]}\``).join(', ');
  const values = { keyword, name: name.text, fields: quoted(missing) };
  report(messages.at(name.span, 'DML1227', values, { help: `Add ${help}.` }));
}
