import path from 'node:path';
import { isScalar, type ParsedNode } from 'yaml';
import type { Diagnostic, Outcome } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import type { Block, Expression, Field, Identifier, Name } from '../../grammar/syntax.ts';
import { type CheckOptions, inspect } from '../check/check.ts';
import { collectFindings } from '../check/context.ts';
import { withExperiments } from '../check/experiment.ts';
import { readOverrides } from '../check/overrides.ts';
import { withOwn } from '../check/own.ts';
import type { Entity, Scope } from '../check/scope.ts';
import { type Suppression, suppressionOf, suppressionsOf } from '../check/suppression.ts';
import { checkVersion, languageVersion } from '../check/version.ts';
import type { Experiment, Program } from '../experiment.ts';
import { declarationsTree, holdsDeclarations, parseFile } from './declarations.ts';
import { readDocument } from './document.ts';
import {
  chainOf,
  componentOf,
  type Entry,
  entriesOf,
  expressionOf,
  isText,
  itemsOf,
  measureOf,
  type NestedPlace,
  type Place,
  sourceOf,
  spanOf,
  startOf,
  sumOf,
  termOf,
  textOf,
  unexpected,
  wordOrOptions,
} from './expressions.ts';
import { yamlSuppressions } from './suppressions.ts';
import { type UseOptions, usedComponents } from './use.ts';

/**
 * Reads the canonical form as `check` reads a `.dml` file: the same kinds, ranges and messages. A canonical file
 * stands alone: nothing else is read but the TypeScript files of a user's own components.
 */
export function checkYaml(written: Source, options: YamlOptions): Outcome<Program> {
  const { value, diagnostics, suppressions } = inspectYaml(written, options);
  return { value, diagnostics: diagnostics.filter((diagnostic) => !suppressionOf(diagnostic, suppressions)) };
}

export type YamlOptions = Pick<CheckOptions, 'registry' | 'set' | 'target'> & UseOptions;

/** What `checkYaml` finds before any of it is suppressed, and what is. */
export function inspectYaml(
  written: Source,
  options: YamlOptions,
): Outcome<Program> & { readonly suppressions: readonly Suppression[] } {
  const source = { ...written, path: path.normalize(written.path) };
  const findings = collectFindings(source.path);
  const bare: Place = { registry: options.registry, report: findings.report, source };
  const root = readDocument(bare);
  if (root && holdsDeclarations(root)) return inspectDeclarations(root, bare, findings.all(), options);
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
    suppressions: root ? yamlSuppressions(root, source) : [],
  };
}

/** A file of declarations is checked as the `.dml` file would be that says the same. */
function inspectDeclarations(
  root: ParsedNode,
  place: Place,
  broken: readonly Diagnostic[],
  options: YamlOptions,
): ReturnType<typeof inspectYaml> {
  const { source } = place;
  const tree = declarationsTree(root, place);
  const { value, diagnostics, files } = inspect(source, {
    read: () => undefined,
    ...options,
    parse: (each) => (each.path === source.path ? tree : parseFile(each, options.registry)),
  });
  return {
    value: broken.some(({ severity }) => severity === 'error') ? undefined : value,
    diagnostics: [...broken, ...diagnostics],
    suppressions: [...yamlSuppressions(root, source), ...files.flatMap((each) => suppressionsOf(each.tree))],
  };
}

function readExperiment(root: ParsedNode, place: Place, set: readonly string[]): Experiment | undefined {
  const written = experimentBlock(root, place, true);
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
function experimentBlock(node: ParsedNode, place: Place, isWhole: boolean): WrittenBlock | undefined {
  const entries = entriesOf(node, 'a map of fields', place);
  if (!entries) return undefined;
  const { dml, experiment, doc, use } = Object.fromEntries(entries.map((entry) => [entry.key.text, entry]));
  readVersion(dml, isWhole, place);
  if (use && !isWhole) unexpected(use.value, '`use` at the top of the file alone', place);
  if (doc && !isText(doc.value)) unexpected(doc.value, 'a text', place);
  const name = nameOf(experiment?.value ?? node, '`experiment: name`', place);
  if (!name) return undefined;
  const names = new Map<string, Entity>();
  const scope: Scope = { names, spaces: new Map(), outer: undefined };
  const data = entries.find(({ key }) => key.text === 'data');
  const dataset = data && dataBlock(data.value, place);
  if (dataset) declare(names, dataset.name, { block: dataset, scope });
  /** Another experiment is written in whole where it is named. */
  const experimentOf = (teacher: ParsedNode): Expression => {
    const span = spanOf(teacher, place);
    const written = experimentBlock(teacher, place, false);
    if (!written) return { kind: 'unreadable', span };
    const key = { text: `${written.block.name.text}@${span.start}`, span: written.block.name.span };
    declare(names, key, written);
    return { kind: 'name', path: [key], span };
  };
  /** So is a data set. Its name may be that of another one, which the checker has to tell. */
  const datasetOf = (tested: ParsedNode): Expression => {
    const span = spanOf(tested, place);
    const block = dataBlock(tested, place);
    if (!block) return { kind: 'unreadable', span };
    const key = { text: `${block.name.text}@${span.start}`, span: block.name.span };
    declare(names, key, { block, scope });
    return { kind: 'name', path: [key], span };
  };
  const block: Block = {
    kind: 'block',
    keyword: { text: 'experiment', span: name.span },
    name,
    parent: undefined,
    bases: [],
    doc: doc && textOf(doc.value),
    statements: entries
      .filter(({ key }) => !['dml', 'experiment', 'doc', 'use'].includes(key.text))
      .map(({ key, value }) =>
        fieldOf(key, valuesOf(key.text, value, dataset, { ...place, experimentOf, datasetOf })),
      ),
    span: spanOf(node, place),
  };
  return { block, scope };
}

const declare = (names: Map<string, Entity>, { text, span }: Identifier, written: WrittenBlock) =>
  names.set(text, { kind: 'block', ...written, span });

/** The file says its version; a teacher may. */
function readVersion(entry: Entry | undefined, mustBe: boolean, place: Place): void {
  if (!entry && !mustBe) return;
  const value = isScalar(entry?.value) ? entry.value.value : undefined;
  if (entry && typeof value !== 'number') unexpected(entry.value, 'the version of the language', place);
  else {
    const version = entry && { value: Number(value), span: spanOf(entry.value, place) };
    checkVersion(version, { source: place.source, start: 0, end: 0 }, `dml: ${languageVersion}`, place);
  }
}

/** A name, or that of an arm: `mixes/2`. */
const isName = /^[\p{L}_][\p{L}\p{N}_]*(\/\d+)?$/u;

function nameOf(node: ParsedNode, expected: string, place: Place): Identifier | undefined {
  const text = isText(node) ? node.value : '';
  if (isName.test(text)) return { text, span: spanOf(node, place) };
  return unexpected(node, expected, place);
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
    case 'checkpoint':
      return [wordOrOptions(node, place)];
    case 'start':
      return [startOf(node, place)];
    case 'augment':
      return [chainOf(node, 'transform', 'pipeline', place)];
    case 'predict':
      return [chainOf(node, 'prediction', 'pipeline', place)];
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
    case 'test':
      return orNone(
        isText(node) && node.value === 'none' ? [] : itemsOf(node).map((item) => place.datasetOf(item)),
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

/** The data set that is written into the file, as the block that would declare it. */
function dataBlock(node: ParsedNode, place: Place): Block | undefined {
  const entries = entriesOf(node, 'the data set: a map of its fields', place);
  if (!entries) return undefined;
  const span = spanOf(node, place);
  const given = entries.find(({ key }) => key.text === 'name')?.value;
  const name = given ? nameOf(given, '`name: name of the data set`', place) : { text: 'data', span };
  if (!name) return undefined;
  return {
    kind: 'block',
    keyword: { text: 'dataset', span },
    name,
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
