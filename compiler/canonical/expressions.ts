import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import { nearest } from '../../grammar/nearest.ts';
import { parseExpressions } from '../../grammar/parser.ts';
import type { Source, Span } from '../../grammar/source.ts';
import type { Argument, Expression, Identifier, Name } from '../../grammar/syntax.ts';
import { suggestion } from '../check/blame.ts';
import type { Context } from '../check/context.ts';
import { quoted } from '../check/describe.ts';
import type { Family, ParameterType } from '../registry.ts';
import { messages } from './messages.ts';
import { takesText } from './value-form.ts';

/** Where the nodes come from, what components there are, and where to say what is wrong. */
export interface Place extends Context {
  readonly source: Source;
}

/** A place where experiments and data sets can stand inside of an experiment. */
export interface NestedPlace extends Place {
  /** The name of the data set that is written in a node. */
  readonly datasetOf: (node: ParsedNode) => Expression;
  /** The name of the experiment that is written in a node. */
  readonly experimentOf: (node: ParsedNode) => Expression;
}

export interface Entry {
  readonly key: Identifier;
  readonly value: ParsedNode;
}

/** Entries of a map in their order; anything else is reported as not being `expected`. */
export function entriesOf(node: ParsedNode, expected: string, place: Place): readonly Entry[] | undefined {
  if (!isMap(node)) return unexpected(node, expected, place);
  const seen = new Set<unknown>();
  return (node as YAMLMap.Parsed).items.flatMap(({ key, value }) => {
    if (isScalar(key) && value) {
      // A key that stands twice and a merge have been reported with the document.
      if (seen.has(key.value) || key.value === '<<') return [];
      seen.add(key.value);
      return [{ key: { text: String(key.value), span: spanOf(key, place) }, value }];
    }
    unexpected(key, '`name: value`', place);
    return [];
  });
}

/** A value as the expression that it stands for. `type` is that of the option: only it tells a text from a name. */
export function expressionOf(node: ParsedNode, place: Place, type?: ParameterType): Expression {
  const span = spanOf(node, place);
  if (isSeq(node)) {
    const items = node.items.map((item) => argument(undefined, expressionOf(item, place, elementOf(type))));
    return { kind: 'list', items, span };
  }
  if (isMap(node)) {
    const entries = entriesOf(node, 'a map', place) ?? [];
    const items = entries.map(({ key, value }) => argument(key, expressionOf(value, place)));
    return { kind: 'tuple', items, span };
  }
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { kind: 'number', text: numberText(node as Scalar.Parsed), value, percent: false, span };
  }
  if (typeof value === 'boolean') return nameOf({ text: String(value), span });
  if (typeof value !== 'string') {
    unexpected(node, 'a value', place);
    return { kind: 'unreadable', span };
  }
  return type && takesText(type) ? { kind: 'text', value, span } : parsed(value, node, place);
}

/** As written, where the language writes a number like this, too: `1e-2`, `0.10`. */
const numberText = ({ source = '', value }: Scalar.Parsed): string =>
  /^\d+(\.\d+)?(e-?\d+)?$/.test(source) ? source : String(value);

/** `dice`, or `{ece: {bins: 10}}`. */
export function componentOf(node: ParsedNode, family: Family, place: Place): Expression {
  const span = spanOf(node, place);
  if (isScalar(node) && typeof node.value === 'string') return nameOf({ text: node.value, span });
  const expected = 'a component: its name, or a map from its name to its options';
  const [entry, second] = entriesOf(node, expected, place) ?? [];
  if (!entry || second) {
    if (isMap(node)) unexpected(node, expected, place);
    return { kind: 'unreadable', span };
  }
  const { parameters = [], code } = place.registry[family][entry.key.text] ?? {};
  const given = entriesOf(entry.value, 'a map of options', place) ?? [];
  // The code of a user's own component is no option: it comes with the component.
  const written = given.find(({ key }) => key.text === 'code' && code !== undefined);
  if (written && textOf(written.value) !== code)
    place.report(messages.at(spanOf(written.value, place), 'DML1408', { name: entry.key.text }));
  const options = given.filter((option) => option !== written);
  return {
    kind: 'call',
    callee: nameOf(entry.key),
    arguments: options.map(({ key, value }) =>
      argument(key, expressionOf(value, place, parameters.find(({ name }) => name === key.text)?.type)),
    ),
    span,
  };
}

/** `[raters, average]`: components one after the other; `none` is written for an empty list. */
export function chainOf(
  node: ParsedNode,
  family: Family,
  kind: 'pipeline' | 'sequence',
  place: Place,
): Expression {
  const span = spanOf(node, place);
  const items = isSeq(node) ? node.items : [node];
  const parts = items.map((item) => componentOf(item, family, place));
  const [only, second] = parts;
  if (!only) return nameOf({ text: 'none', span });
  if (!second) return only;
  return kind === 'pipeline' ? { kind, stages: parts, span } : { kind, phases: parts, span };
}

/** `same`, or `{seed: 0}`: a word, or one with what it is given. */
function wordOrCall(node: ParsedNode, place: Place): Expression {
  if (!isMap(node)) return expressionOf(node, place);
  const span = spanOf(node, place);
  const [entry, second] = entriesOf(node, 'a map', place) ?? [];
  if (entry && !second) {
    const value = argument(undefined, expressionOf(entry.value, place));
    return { kind: 'call', callee: nameOf(entry.key), arguments: [value], span };
  }
  unexpected(node, 'a map of one word to its value', place);
  return { kind: 'unreadable', span };
}

/** `last`, or `{best: {metric: dice, every: 10 epochs}}`: a word, or one with its options. */
export function wordOrOptions(node: ParsedNode, place: Place): Expression {
  const [entry, second] = (isMap(node) && entriesOf(node, 'a map', place)) || [];
  if (!entry || second || !isMap(entry.value)) return wordOrCall(node, place);
  const options = entriesOf(entry.value, 'a map of options', place) ?? [];
  return {
    kind: 'call',
    callee: nameOf(entry.key),
    arguments: options.map(({ key, value }) => argument(key, expressionOf(value, place))),
    span: spanOf(node, place),
  };
}

/** `[raters, average]`, `[{distill: {from: {…}}}, {kde: {…}}]` or `[{sum: [{weight: 0.5, labels: […]}, …]}, …]`. */
export function sourceOf(node: ParsedNode, place: NestedPlace): Expression {
  const span = spanOf(node, place);
  const [first, ...rest] = isSeq(node) ? node.items : [node];
  if (!first) {
    unexpected(node, 'a label source: a list that begins with a root', place);
    return { kind: 'unreadable', span };
  }
  const stages = [rootOf(first, place), ...rest.map((item) => componentOf(item, 'label', place))];
  return stages.length === 1 ? stages[0]! : { kind: 'pipeline', stages, span };
}

function rootOf(node: ParsedNode, place: NestedPlace): Expression {
  const key = isMap(node) && node.items.length === 1 ? textOf(node.items[0]!.key) : undefined;
  const value = isMap(node) ? node.items[0]?.value : undefined;
  if (key === 'distill' && value)
    return callOf('distill', node, value, [['from'], ['pick', 'temperature', 'head']], place);
  if (key === 'sum' && isSeq(value) && value.items.length > 0)
    return sumOf(value.items.map((item) => weightedSource(item, place)));
  return componentOf(node, 'label', place);
}

/** A call of the language itself, its options by their names: `{distill: {from: {…}, pick: same}}`. */
function callOf(
  name: string,
  node: ParsedNode,
  value: ParsedNode,
  options: readonly [readonly string[], readonly string[]],
  place: NestedPlace,
): Expression {
  const span = spanOf(node, place);
  const given = fieldsOf(value, `\`${name}\``, options, place);
  if (!given) return { kind: 'unreadable', span };
  const args = Object.entries(given).map(([option, part]) => {
    const read = optionReaders[option] ?? wordOrCall;
    const expression = read(part, place);
    return argument({ text: option, span: expression.span }, expression);
  });
  return { kind: 'call', callee: nameOf({ text: name, span }), arguments: args, span };
}

/** Options that are no words. */
const optionReaders: Readonly<Record<string, (node: ParsedNode, place: NestedPlace) => Expression>> = {
  from: (node, place) => place.experimentOf(node),
  file: (node, place) => expressionOf(node, place, { kind: 'text' }),
};

/** `random`, `{weights: {file: unet.safetensors, parts: all}}` or `{trained: {from: {…}, parts: [encoder]}}`. */
export function startOf(node: ParsedNode, place: NestedPlace): Expression {
  if (!isMap(node)) return expressionOf(node, place);
  const [entry, second] = entriesOf(node, 'a map', place) ?? [];
  const options = entry && starts[entry.key.text];
  if (options && !second) return callOf(entry.key.text, node, entry.value, options, place);
  unexpected(node, '`random`, or a map of `weights` or `trained` to its options', place);
  return { kind: 'unreadable', span: spanOf(node, place) };
}

const starts: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  weights: [['file'], ['parts']],
  trained: [['from'], ['pick', 'parts']],
};

function weightedSource(node: ParsedNode, place: NestedPlace): Expression {
  const span = spanOf(node, place);
  const { weight, labels } = fieldsOf(node, 'a part of a sum', [['weight', 'labels'], []], place) ?? {};
  if (!weight || !labels) return { kind: 'unreadable', span };
  const [left, right] = [expressionOf(weight, place), sourceOf(labels, place)];
  return { kind: 'binary', operator: '*', left, right, span };
}

export const sumOf = (terms: readonly Expression[]): Expression =>
  terms.reduce((left, right) => ({ kind: 'binary', operator: '+', left, right, span: right.span }));

/** `- {weight: 0.25, loss: ce, on: labels, at: main}` */
export function termOf(node: ParsedNode, place: NestedPlace): Expression {
  const span = spanOf(node, place);
  const { weight, loss, on, at } =
    fieldsOf(
      node,
      'a term of the loss',
      [
        ['weight', 'loss'],
        ['on', 'at'],
      ],
      place,
    ) ?? {};
  if (!weight || !loss) return { kind: 'unreadable', span };
  const component = componentOf(loss, 'loss', place);
  const aimed: Expression = at
    ? { kind: 'at', subject: component, head: { text: textOf(at), span: spanOf(at, place) }, span }
    : component;
  const target = on && sourceOf(on, place);
  const measured: Expression = target ? { kind: 'on', subject: aimed, target, span } : aimed;
  return { kind: 'binary', operator: '*', left: expressionOf(weight, place), right: measured, span };
}

/** `- {metric: dice, on: [raters, majority]}` */
export function measureOf(node: ParsedNode, place: NestedPlace): Expression {
  const span = spanOf(node, place);
  const { metric, on } = fieldsOf(node, 'a metric with its truth', [['metric'], ['on']], place) ?? {};
  if (!metric) return { kind: 'unreadable', span };
  const subject = componentOf(metric, 'metric', place);
  return on ? { kind: 'on', subject, target: sourceOf(on, place), span } : subject;
}

/** Entries of a map by their keys, which are `needed` ones and `optional` ones and no others. */
export function fieldsOf(
  node: ParsedNode,
  owner: string,
  [needed, optional]: readonly [readonly string[], readonly string[]],
  place: Place,
): Readonly<Record<string, ParsedNode>> | undefined {
  const known = [...needed, ...optional];
  const entries = entriesOf(node, `a map of ${quoted(known)}`, place);
  if (!entries) return undefined;
  const keys = entries.map(({ key }) => key.text);
  const unknown = entries.filter(({ key }) => !known.includes(key.text));
  const meant = unknown.map(({ key }) => {
    const guess = nearest(key.text, known);
    const extra = suggestion(key.span, guess, known);
    place.report(messages.at(key.span, 'DML1405', { key: key.text, owner }, extra));
    return guess;
  });
  const missing = needed.filter((key) => !keys.includes(key) && !meant.includes(key));
  if (missing.length > 0)
    place.report(messages.at(spanOf(node, place), 'DML1406', { keys: quoted(missing), owner }));
  const isWhole = unknown.length === 0 && missing.length === 0;
  return isWhole ? Object.fromEntries(entries.map(({ key, value }) => [key.text, value])) : undefined;
}

export const isText = (node: ParsedNode): node is Scalar.Parsed & { value: string } =>
  isScalar(node) && typeof node.value === 'string';

/** The items of a list; anything else is one, and nothing none. */
export const itemsOf = (node: ParsedNode | undefined): readonly ParsedNode[] =>
  !node ? [] : isSeq(node) ? node.items : [node];

export const textOf = (node: ParsedNode): string => (isScalar(node) ? String(node.value) : '');

export const spanOf = (node: { readonly range?: ParsedNode['range'] | null }, { source }: Place): Span => ({
  source,
  start: node.range?.[0] ?? 0,
  end: node.range?.[1] ?? 0,
});

/** Reports that a node is something else; an alias has been reported with the document. */
export function unexpected(node: ParsedNode, expected: string, place: Place): undefined {
  if (isAlias(node)) return;
  place.report(messages.at(spanOf(node, place), 'DML1402', { expected, found: foundIn(node) }));
}

/** Longer texts are cut in messages. */
const longestFound = 40;

function foundIn(node: ParsedNode): string {
  if (isMap(node)) return node.items.length === 0 ? 'an empty map' : `a map of ${keysOf(node)}`;
  if (isSeq(node)) return node.items.length === 0 ? 'an empty list' : 'a list';
  if (isScalar(node) && node.value === null) return 'nothing';
  const [line = ''] = textOf(node).split('\n');
  return line.length > longestFound ? `\`${line.slice(0, longestFound)}…\`` : `\`${line}\``;
}

const keysOf = (node: YAMLMap): string => quoted(node.items.map(({ key }) => textOf(key as ParsedNode)));

const nameOf = (identifier: Identifier): Name => ({
  kind: 'name',
  path: [identifier],
  span: identifier.span,
});
const argument = (name: Identifier | undefined, value: Expression): Argument => ({
  name,
  value,
  span: value.span,
});

/** Text of the language inside a scalar: its places are those of the file, or the whole scalar where it is escaped. */
function parsed(value: string, node: ParsedNode, place: Place): Expression {
  const { source } = place;
  const span = spanOf(node, place);
  const start = /^["']/.test(source.text.slice(span.start, span.start + 1)) ? span.start + 1 : span.start;
  const isVerbatim = source.text.startsWith(value, start);
  const inFile = (inner: Span): Span =>
    isVerbatim ? { source, start: inner.start + start, end: inner.end + start } : span;
  const { value: expressions, diagnostics } = parseExpressions({ path: source.path, text: value });
  for (const diagnostic of diagnostics) place.report(moved(diagnostic, inFile));
  const [only, second] = expressions ?? [];
  if (only && !second) return moved(only, inFile);
  if (diagnostics.length === 0) unexpected(node, 'one value', place);
  return { kind: 'unreadable', span };
}

/** The same tree with all its spans changed. */
function moved<T>(tree: T, change: (span: Span) => Span): T {
  if (Array.isArray(tree)) return tree.map((item) => moved(item, change)) as T;
  if (typeof tree !== 'object' || tree === null) return tree;
  if (isSpan(tree)) return change(tree) as T;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, moved(value, change)])) as T;
}

const isSpan = (value: object): value is Span => 'source' in value && 'start' in value && 'end' in value;

function elementOf(type: ParameterType | undefined): ParameterType | undefined {
  if (type?.kind === 'list') return type.of;
  return type?.kind === 'union' ? type.of.map(elementOf).find(Boolean) : undefined;
}
