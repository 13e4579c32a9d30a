import { isSeq, type ParsedNode } from 'yaml';
import type { Argument, Expression, Factor, Reference, Vary } from '../../grammar/syntax.ts';
import {
  type Entry,
  entriesOf,
  expressionOf,
  type Place,
  spanOf,
  textOf,
  unexpected,
} from './expressions.ts';
import { messages } from './messages.ts';

/**
 * An entry of `vary`: `{loss: [ce, dml1]}`, paths that vary together as lists of one length,
 * `{model.width: [8, 16], batch: [8, 4]}`, or as a key has them, `{'model.width, batch': pairs}`; or a name of values,
 * `{let: w, in: [0, 0.5, 1]}`.
 */
export function factorsOf(node: ParsedNode, place: Place): Vary | Factor | undefined {
  const entries = entriesOf(node, 'a map from a path to its values, or of `let` and `in`', place);
  const [first] = entries ?? [];
  if (!entries || !first) return entries && unexpected(node, 'a map from a path to its values', place);
  const span = spanOf(node, place);
  const name = entries.find(({ key }) => key.text === 'let');
  if (name) {
    const values = entries.find(({ key }) => key.text === 'in');
    if (!values || entries.length > 2) return unexpected(node, 'a map of `let` and `in`', place);
    const written = { text: textOf(name.value), span: spanOf(name.value, place) };
    return { kind: 'factor', name: written, values: expressionOf(values.value, place), span };
  }
  const targets = entries.length === 1 ? pathsOf(first.key) : entries.map(({ key }) => pathOf(key));
  const values = entries.length === 1 ? expressionOf(first.value, place) : rowsOf(entries, place);
  return values && { kind: 'vary', targets, values, span };
}

/** The values of paths that vary together: the first of each, the second of each, … */
function rowsOf(entries: readonly Entry[], place: Place): Expression | undefined {
  const lists = entries.map(({ value }) =>
    isSeq(value) ? (value.items as readonly ParsedNode[]) : unexpected(value, 'a list of values', place),
  );
  const [first] = lists;
  if (!first || !lists.every((list) => list !== undefined)) return undefined;
  for (const [i, list] of lists.entries()) {
    if (list.length === first.length) continue;
    const { key, value } = entries[i]!;
    const counts = {
      path: key.text,
      count: `${list.length}`,
      first: entries[0]!.key.text,
      other: `${first.length}`,
    };
    place.report(messages.at(spanOf(value, place), 'DML1409', counts));
    return undefined;
  }
  const span = spanOf(entries[0]!.value, place);
  const items = first.map((item, row): Argument => {
    const parts = lists.map((list) => argumentOf(expressionOf(list[row]!, place)));
    return argumentOf({ kind: 'tuple', items: parts, span: spanOf(item, place) });
  });
  return { kind: 'list', items, span };
}

const argumentOf = (value: Expression): Argument => ({ name: undefined, value, span: value.span });

/** `model.width`, each word at its place. */
export function pathOf({ text, span }: Entry['key']): Reference {
  const isVerbatim = span.end - span.start === text.length;
  const words = text.split('.');
  const path = words.map((word, i) => {
    const start = span.start + words.slice(0, i).join('.').length + (i > 0 ? 1 : 0);
    return { text: word, span: isVerbatim ? { ...span, start, end: start + word.length } : span };
  });
  return { path, span };
}

/** `model.width, batch` */
function pathsOf({ text, span }: Entry['key']): readonly Reference[] {
  const isVerbatim = span.end - span.start === text.length;
  return [...text.matchAll(/[^\s,]+/g)].map(({ 0: path, index }) => {
    const start = span.start + index;
    return pathOf({ text: path, span: isVerbatim ? { ...span, start, end: start + path.length } : span });
  });
}
