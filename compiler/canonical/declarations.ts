import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Diagnostic, Outcome } from '../../grammar/diagnostic.ts';
import { parse } from '../../grammar/parser.ts';
import type { Source } from '../../grammar/source.ts';
import type {
  Block,
  Declaration,
  Expression,
  Field,
  Let,
  Reference,
  Statement,
  SyntaxTree,
  Use,
} from '../../grammar/syntax.ts';
import { collectFindings } from '../check/context.ts';
import type { Registry } from '../registry.ts';
import { readDocument } from './document.ts';
import {
  type Entry,
  entriesOf,
  expressionOf,
  fieldsOf,
  isText,
  itemsOf,
  type Place,
  spanOf,
  textOf,
  unexpected,
} from './expressions.ts';
import { isCanonical } from './path.ts';
import { factorsOf, pathOf } from './vary.ts';

/** What a file declares, each by its keyword: a map from names to what is declared. */
export const keywords = ['dataset', 'protocol', 'experiment', 'sweep', 'compare'] as const;

/** Fields with several values, which are a list in YAML; elsewhere a list is one value. */
export const severalFields: readonly string[] = [
  'evaluate',
  'test',
  'expect',
  'except',
  'rows',
  'columns',
  'metrics',
];

/** Whether a document holds declarations by their keywords, and not one experiment with its fields. */
export function holdsDeclarations(root: ParsedNode): boolean {
  if (!isMap(root)) return false;
  const experiment = root.get('experiment', true);
  if (experiment) return isMap(experiment) && experiment.items.length > 0;
  return ['let', ...keywords].some((keyword) => root.has(keyword));
}

/** A file of the language, or one of declarations as YAML, as a syntax tree. */
export function parseFile(source: Source, registry: Registry): Outcome<SyntaxTree> {
  if (!isCanonical(source.path)) return parse(source);
  const { report, all } = collectFindings(source.path);
  const place = { source, report, registry };
  const root = readDocument(place);
  const tree = root && declarationsTree(root, place);
  return { value: tree?.value, diagnostics: [...all(), ...(tree?.diagnostics ?? [])] };
}

/** The declarations of a document as if they were written in the language; their places are those of the YAML file. */
export function declarationsTree(root: ParsedNode, outer: Place): Outcome<SyntaxTree> {
  const diagnostics: Diagnostic[] = [];
  const place: Place = { ...outer, report: (found) => void diagnostics.push(found) };
  const known = ['dml', 'use', 'let', ...keywords];
  const parts = fieldsOf(root, 'a file of declarations', [[], known], place);
  const value = parts && {
    source: place.source,
    version: versionOf(parts.dml, place),
    declarations: [
      ...usesOf(parts.use, place),
      ...namedIn(parts.let, place).map(({ key, value }): Let => {
        const expression = expressionOf(value, place);
        return { kind: 'let', name: key, value: expression, span: key.span };
      }),
      ...keywords.flatMap((keyword) =>
        namedIn(parts[keyword], place).flatMap((entry) => blockOf(keyword, entry, place) ?? []),
      ),
    ] satisfies Declaration[],
    comments: [],
  };
  return { value, diagnostics };
}

function versionOf(node: ParsedNode | undefined, place: Place): SyntaxTree['version'] {
  if (!node) return undefined;
  if (isScalar(node) && typeof node.value === 'number')
    return { value: node.value, text: textOf(node), span: spanOf(node, place) };
  return unexpected(node, 'the version of the language', place);
}

/** `[{file: ./datasets.dml, as: sets}, {file: ./boundary.ts}]` */
function usesOf(node: ParsedNode | undefined, place: Place): readonly Use[] {
  return itemsOf(node).flatMap((item): readonly Use[] => {
    const { file, as } = fieldsOf(item, 'a file of `use`', [['file'], ['as']], place) ?? {};
    if (!file) return [];
    const span = spanOf(file, place);
    const alias = as && { text: textOf(as), span: spanOf(as, place) };
    return [{ kind: 'use', path: { kind: 'text', value: textOf(file), span }, alias, span }];
  });
}

const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function namedIn(node: ParsedNode | undefined, place: Place): readonly Entry[] {
  const entries = node ? (entriesOf(node, 'a map from names to what they are', place) ?? []) : [];
  return entries.filter(({ key, value }) => {
    if (isName.test(key.text)) return true;
    unexpected(
      { ...value, range: [key.span.start, key.span.end, key.span.end] } as ParsedNode,
      'a name',
      place,
    );
    return false;
  });
}

/** `doc`, `extends`, `of` and `vary` are what they are in the language; all others are fields. */
function blockOf(keyword: string, { key, value }: Entry, place: Place): Block | undefined {
  const entries = entriesOf(value, 'a map of fields', place);
  if (!entries) return undefined;
  const {
    doc,
    extends: parent,
    of,
    vary,
  } = Object.fromEntries(entries.map((each) => [each.key.text, each.value]));
  const fields = entries.filter((each) => !['doc', 'extends', 'of', 'vary'].includes(each.key.text));
  return {
    kind: 'block',
    keyword: { text: keyword, span: key.span },
    name: key,
    parent: parent && referenceOf(parent, place),
    bases: itemsOf(of).flatMap((each) => referenceOf(each, place) ?? []),
    doc: doc && (isText(doc) ? doc.value : unexpected(doc, 'a text', place)),
    statements: [
      ...fields.map((field): Statement => fieldOf(field, place)),
      ...itemsOf(vary).flatMap((item) => factorsOf(item, place) ?? []),
    ],
    span: { ...key.span, end: spanOf(value, place).end },
  };
}

function referenceOf(node: ParsedNode, place: Place): Reference | undefined {
  const expression = expressionOf(node, place);
  if (expression.kind === 'name') return { path: expression.path, span: expression.span };
  return expression.kind === 'unreadable' ? undefined : unexpected(node, 'a name', place);
}

function fieldOf({ key, value }: Entry, place: Place): Field {
  const isSeveral = severalFields.includes(key.text) && isSeq(value);
  const values: readonly Expression[] = (isSeveral ? itemsOf(value) : [value]).map((each) =>
    expressionOf(each, place),
  );
  const none: Expression = { kind: 'name', path: [{ text: 'none', span: key.span }], span: key.span };
  return {
    kind: 'field',
    target: pathOf(key),
    values: values.length === 0 ? [none] : values,
    span: key.span,
  };
}
