import { Document, isCollection, isPair, isScalar, type Node, Scalar, visit } from 'yaml';
import { printExpression } from '../../grammar/print.ts';
import type { Block, Declaration, Expression, Field, SyntaxTree, Vary } from '../../grammar/syntax.ts';
import { textOf } from '../check/describe.ts';
import { namesWithin } from '../check/walk.ts';
import { keywords, severalFields } from './declarations.ts';

/** What has a name. */
type Named = Exclude<Declaration, { kind: 'use' }>;

/**
 * Declarations of a file as YAML: all of them, or one with those that it needs. Names and values are those of the language,
 * so that a sweep has the same arms by the same names. `use` stays as it is.
 */
export function declarationsYaml(tree: SyntaxTree, name?: string): string {
  const all = tree.declarations.filter((each): each is Named => each.kind !== 'use');
  const written = name === undefined ? all : neededBy(name, all);
  const uses = tree.declarations.filter((each) => each.kind === 'use');
  const lets = written.filter((each) => each.kind === 'let');
  const sections = keywords.flatMap((keyword) => {
    const blocks = written.filter(
      (each): each is Block => each.kind === 'block' && each.keyword.text === keyword,
    );
    return blocks.length === 0 ? [] : [[keyword, entriesOf(blocks, blockForm)] as const];
  });
  const document = new Document(
    Object.fromEntries([
      ['dml', tree.version?.value ?? 1],
      ...(uses.length === 0
        ? []
        : [
            [
              'use',
              uses.map(({ path, alias }) => ({ file: path.value, ...(alias ? { as: alias.text } : {}) })),
            ],
          ]),
      ...(lets.length === 0 ? [] : [['let', entriesOf(lets, ({ value }) => form(value))]]),
      ...sections,
    ]),
    { aliasDuplicateObjects: false },
  );
  visit(document, { Pair: (_, { key, value }, above) => flatten(key, value, above.filter(isPair).length) });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const entriesOf = <T extends Named>(declared: readonly T[], write: (one: T) => unknown) =>
  new Map(declared.map((each) => [each.name.text, write(each)]));

/** Values stand on one line; sections, what is declared and the factors of a sweep on lines of their own. */
function flatten(key: unknown, value: unknown, depth: number): symbol | undefined {
  if (depth < 2 || !isCollection(value)) return undefined;
  if (isScalar(key) && key.value === 'vary') {
    for (const item of value.items as Node[]) if (isCollection(item)) item.flow = true;
    return visit.SKIP;
  }
  value.flow = true;
  return visit.SKIP;
}

/** A declaration and those that its names lead to, in the order of the file. */
function neededBy(name: string, all: readonly Named[]): readonly Named[] {
  const byName = new Map(all.map((each) => [each.name.text, each]));
  const needed = new Set<Named>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = byName.get(next);
    if (!found || needed.has(found)) continue;
    needed.add(found);
    open.push(...mentionedIn(found));
  }
  return all.filter((each) => needed.has(each));
}

function mentionedIn(declaration: Named): readonly string[] {
  if (declaration.kind === 'let') return firstWords([declaration.value]);
  const { parent, bases, statements } = declaration;
  const references = [...(parent ? [parent] : []), ...bases].map(({ path }) => path[0]!.text);
  const values = statements.flatMap((each) => (each.kind === 'field' ? each.values : [each.values]));
  return [...references, ...firstWords(values)];
}

const firstWords = (values: readonly Expression[]): readonly string[] =>
  values.flatMap(namesWithin).map(({ path }) => path[0]!.text);

function blockForm({ doc, parent, bases, statements }: Block): ReadonlyMap<string, unknown> {
  const of = bases.map(({ path }) => path.map(({ text }) => text).join('.'));
  const fields = statements.filter((each) => each.kind === 'field');
  const factors = statements.filter((each) => each.kind !== 'field');
  const names = [...new Set(fields.map(pathText))];
  return new Map<string, unknown>([
    ...(doc === undefined ? [] : [['doc', doc] as const]),
    ...(parent ? [['extends', pathText({ target: parent })] as const] : []),
    ...(of.length === 0 ? [] : [['of', of.length === 1 ? of[0] : of] as const]),
    ...names.map((name) => {
      const values = fields.filter((each) => pathText(each) === name).flatMap((each) => each.values);
      const isOne = values.length === 1 && !severalFields.includes(name);
      return [name, isOne ? form(values[0]!) : values.map((each) => form(each))] as const;
    }),
    ...(factors.length === 0
      ? []
      : [
          [
            'vary',
            factors.map((each) =>
              each.kind === 'vary' ? varyForm(each) : { let: each.name.text, in: valuesForm(each.values) },
            ),
          ] as const,
        ]),
  ]);
}

const pathText = ({ target }: Pick<Field, 'target'>): string => target.path.map(({ text }) => text).join('.');

/** Paths that vary together have a list each, where the file says their values together, too. */
function varyForm({ targets, values }: Vary): ReadonlyMap<string, unknown> {
  const paths = targets.map((target) => pathText({ target }));
  const rows = values.kind === 'list' ? values.items.map(({ value }) => value) : [];
  const areTogether = paths.length > 1 && rows.length > 0 && rows.every(({ kind }) => kind === 'tuple');
  if (!areTogether) return new Map([[paths.join(', '), valuesForm(values)]]);
  return new Map(
    paths.map((path, i) => [
      path,
      rows.map((row) => (row.kind === 'tuple' ? form(row.items[i]!.value, true) : undefined)),
    ]),
  );
}

const valuesForm = (values: Expression): unknown =>
  values.kind === 'list' ? values.items.map(({ value }) => form(value, true)) : form(values);

/** A value as YAML has it; `asWritten` where the arms of a sweep are called by its text. */
function form(expression: Expression, asWritten = false): unknown {
  if (expression.kind === 'number' && !expression.percent) return numberForm(expression.text);
  if (!asWritten) {
    if (expression.kind === 'list' && expression.items.every(({ name }) => !name))
      return expression.items.map(({ value }) => form(value));
    if (
      expression.kind === 'tuple' &&
      expression.items.length > 0 &&
      expression.items.every(({ name }) => name)
    )
      return new Map(expression.items.map(({ name, value }) => [name!.text, form(value)]));
  }
  const text = textOf(expression.span);
  return asWritten && !/[#"']/.test(text) ? text : printExpression(expression);
}

/** `1e-2` stays `1e-2`. */
function numberForm(text: string): unknown {
  const value = Number(text);
  if (text === String(value)) return value;
  if (text !== value.toExponential()) return text;
  const scalar = new Scalar(value);
  scalar.format = 'EXP';
  return scalar;
}
