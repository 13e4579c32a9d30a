import path from 'node:path';
import { isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import type { Outcome } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import type { Block, Expression, Field, Identifier, Name } from '../../grammar/syntax.ts';
import type { CheckOptions } from '../check/check.ts';
import { collectFindings } from '../check/context.ts';
import { withExperiments } from '../check/experiment.ts';
import { readOverrides } from '../check/overrides.ts';
import { withOwn } from '../check/own.ts';
import type { Entity, Scope } from '../check/scope.ts';
import type { Experiment, Program } from '../experiment.ts';
import {
  chainOf,
  componentOf,
  type Entry,
  entriesOf,
  expressionOf,
  measureOf,
  type NestedPlace,
  type Place,
  sourceOf,
  spanOf,
  sumOf,
  termOf,
  unexpected,
  wordOrCall,
} from './expressions.ts';
import { messages } from './messages.ts';
import { type UseOptions, usedComponents } from './use.ts';

/**
 * Reads the canonical form as `check` reads a `.dml` file: the same kinds, ranges and messages. A canonical file
 * stands alone: nothing else is read but the TypeScript files of a user's own components.
 */
export function checkYaml(
  written: Source,
  options: Pick<CheckOptions, 'registry' | 'set'> & UseOptions,
): Outcome<Program> {
  const source = { ...written, path: path.normalize(written.path) };
  const findings = collectFindings(source.path);
  const bare: Place = { registry: options.registry, report: findings.report, source };
  const root = readDocument(bare);
  const place = root
    ? { ...bare, registry: withOwn(options.registry, usedComponents(root, options, bare)) }
    : bare;
  const experiment = root && readExperiment(root, place, options.set ?? []);
  const diagnostics = findings.all();
  const isWhole = diagnostics.every(({ severity }) => severity !== 'error');
  return {
    value:
      isWhole && experiment
        ? { experiments: [experiment], sweeps: [], compares: [], components: place.registry }
        : undefined,
    diagnostics,
  };
}

/** Whether a file is in the canonical form, from its name. */
export const isCanonical = (path: string): boolean => /\.ya?ml$/i.test(path);

function readDocument(place: Place): ParsedNode | undefined {
  const { source } = place;
  const document = parseDocument<ParsedNode>(source.text);
  for (const { message, pos } of document.errors) {
    const problem = message.split('\n')[0]!.replace(/ at line .*$/, '');
    place.report(messages.at({ source, start: pos[0], end: pos[1] }, 'DML1401', { problem }));
  }
  return document.errors.length === 0 ? (document.contents ?? undefined) : undefined;
}

function readExperiment(root: ParsedNode, place: Place, set: readonly string[]): Experiment | undefined {
  const written = experimentBlock(root, place);
  if (!written) return undefined;
  const overrides = readOverrides(set, written.scope, place);
  const context = withExperiments(place, (block) => (block === written.block ? overrides : []));
  return context.experiment(written.block, written.scope);
}

interface WrittenBlock {
  readonly block: Block;
  readonly scope: Scope;
}

/** A map of fields as the block that would declare the experiment, and the names that it brings with it. */
function experimentBlock(node: ParsedNode, place: Place): WrittenBlock | undefined {
  const entries = entriesOf(node, 'a map of fields', place);
  const name = entries && nameOf(entries, node, place);
  if (!name) return undefined;
  const names = new Map<string, Entity>();
  const scope: Scope = { names, spaces: new Map(), outer: undefined };
  const data = entries.find(({ key }) => key.text === 'data');
  const dataset = data && dataBlock(data.value, place);
  if (dataset) declare(names, dataset.name, { block: dataset, scope });
  /** A teacher is written in whole where it is named. */
  const experimentOf = (teacher: ParsedNode): Expression => {
    const span = spanOf(teacher, place);
    const written = experimentBlock(teacher, place);
    if (!written) return { kind: 'unreadable', span };
    const key = { text: `${written.block.name.text}@${span.start}`, span: written.block.name.span };
    declare(names, key, written);
    return { kind: 'name', path: [key], span };
  };
  const doc = entries.find(({ key }) => key.text === 'doc')?.value;
  const block: Block = {
    kind: 'block',
    keyword: { text: 'experiment', span: name.span },
    name,
    parent: undefined,
    bases: [],
    doc: isScalar(doc) ? String(doc.value) : undefined,
    statements: entries
      .filter(({ key }) => !['dml', 'experiment', 'doc', 'use'].includes(key.text))
      .map(({ key, value }) => fieldOf(key, valuesOf(key.text, value, dataset, { ...place, experimentOf }))),
    span: spanOf(node, place),
  };
  return { block, scope };
}

const declare = (names: Map<string, Entity>, { text, span }: Identifier, written: WrittenBlock) =>
  names.set(text, { kind: 'block', ...written, span });

function nameOf(entries: readonly Entry[], root: ParsedNode, place: Place): Identifier | undefined {
  const value = entries.find(({ key }) => key.text === 'experiment')?.value;
  if (isScalar(value)) return { text: String(value.value), span: spanOf(value, place) };
  return unexpected(value ?? root, '`experiment: name`', place);
}

const fieldOf = (key: Identifier, values: readonly Expression[]): Field => ({
  kind: 'field',
  target: { path: [key], span: key.span },
  values,
  span: values[0]?.span ?? key.span,
});

/** The values of a field, as if they were written in the language. */
function valuesOf(
  field: string,
  node: ParsedNode,
  data: Block | undefined,
  place: NestedPlace,
): readonly Expression[] {
  const span = spanOf(node, place);
  const none: Name = { kind: 'name', path: [{ text: 'none', span }], span };
  switch (field) {
    case 'data':
      return [data ? { kind: 'name', path: [data.name], span } : { kind: 'unreadable', span }];
    case 'model':
    case 'optimizer':
      return [componentOf(node, field, place)];
    case 'labels':
    case 'teacher':
      return [sourceOf(node, place)];
    case 'start':
      return [wordOrCall(node, place, { kind: 'text' })];
    case 'augment':
      return [chainOf(node, 'transform', 'pipeline', place)];
    case 'schedule':
      return [chainOf(node, 'schedule', 'sequence', place)];
    case 'loss': {
      const terms = itemsOf(node).map((item) => termOf(item, place));
      if (terms.length > 0) return [sumOf(terms)];
      unexpected(node, 'at least one term', place);
      return [{ kind: 'unreadable', span }];
    }
    case 'evaluate':
      return orNone(
        itemsOf(node).map((item) => measureOf(item, place)),
        none,
      );
    case 'expect':
      return orNone(
        itemsOf(node).map((item) => expressionOf(item, place)),
        none,
      );
    default:
      return [expressionOf(node, place)];
  }
}

const orNone = (values: readonly Expression[], none: Expression) => (values.length === 0 ? [none] : values);
const itemsOf = (node: ParsedNode): readonly ParsedNode[] => (isSeq(node) ? node.items : [node]);

/** The data set that is written into the file, as the block that would declare it. */
function dataBlock(node: ParsedNode, place: Place): Block | undefined {
  const entries = entriesOf(node, 'the data set: a map of its fields', place);
  if (!entries) return undefined;
  const span = spanOf(node, place);
  const name = entries.find(({ key }) => key.text === 'name')?.value;
  return {
    kind: 'block',
    keyword: { text: 'dataset', span },
    name: { text: isScalar(name) ? String(name.value) : 'data', span: name ? spanOf(name, place) : span },
    parent: undefined,
    bases: [],
    doc: undefined,
    span,
    statements: entries
      .filter(({ key }) => key.text !== 'name')
      .map(({ key, value }) =>
        fieldOf(key, [
          key.text === 'source' || key.text === 'folds'
            ? componentOf(value, key.text, place)
            : expressionOf(value, place),
        ]),
      ),
  };
}
