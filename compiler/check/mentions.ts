import type { Span } from '../../grammar/source.ts';
import type {
  Block,
  Declaration,
  Expression,
  Factor,
  Field,
  Identifier,
  Reference,
  SyntaxTree,
} from '../../grammar/syntax.ts';
import { type Entity, lookup, type Scope } from './scope.ts';
import { childrenOf, namesWithin } from './walk.ts';

/** A name as it stands somewhere in a file. */
export interface Mention {
  /** With those before its dot: `sets.kidney`. */
  readonly path: readonly Identifier[];
  readonly span: Span;
}

function inExpression(expression: Expression): readonly Mention[] {
  if (expression.kind === 'name') return [expression];
  // `(labels: mean).clinic.dice`
  const { object } = expression.kind === 'member' ? expression : { object: undefined };
  const test = object?.kind === 'member' ? [{ path: [object.name], span: object.name.span }] : [];
  return [...childrenOf(expression).flatMap(inExpression), ...test];
}

const referencesOf = (declaration: Declaration): readonly Reference[] =>
  declaration.kind === 'block'
    ? [...(declaration.parent ? [declaration.parent] : []), ...declaration.bases]
    : [];

const valuesOf = (declaration: Declaration): readonly Expression[] => {
  if (declaration.kind === 'use') return [];
  if (declaration.kind === 'let') return [declaration.value];
  return declaration.statements.flatMap((statement) => {
    if (statement.kind !== 'field') return [statement.values];
    return isFactorField(declaration, statement) ? [] : statement.values;
  });
};

/** `rows: labels, w`: names of factors, and none of the file. */
const isFactorField = ({ keyword }: Block, { target }: Field): boolean =>
  keyword.text === 'compare' && ['rows', 'columns'].includes(target.path[0]!.text);

/** Every name in a declaration that may stand for something declared. */
const mentionsOf = (declaration: Declaration): readonly Mention[] => [
  ...referencesOf(declaration),
  ...valuesOf(declaration).flatMap(inExpression),
];

const factorsOf = (declaration: Declaration): readonly Factor[] =>
  declaration.kind === 'block' ? declaration.statements.filter((each) => each.kind === 'factor') : [];

/** What a declaration's names are looked up in: the lets of a sweep stand before those of the file. */
function scopeOf(declaration: Declaration, scope: Scope): Scope {
  const factors = factorsOf(declaration);
  if (factors.length === 0) return scope;
  const names = factors.map(
    ({ name, values }) => [name.text, { kind: 'value', expression: values, scope, span: name.span }] as const,
  );
  return { names: new Map<string, Entity>(names), spaces: new Map(), outer: scope };
}

/** A mention, and what it stands for. */
export interface Resolved {
  readonly path: readonly Identifier[];
  /** Of the last name of its path. */
  readonly span: Span;
  readonly entity: Entity;
}

/** What a declaration refers to, in the order of the text. */
export function referredIn(declaration: Declaration, scope: Scope): readonly Resolved[] {
  const inner = scopeOf(declaration, scope);
  return [
    ...mentionsOf(declaration).flatMap(({ path }) => resolvedParts(path, inner)),
    ...factorMentions(declaration, scope),
  ];
}

/**
 * Where a let of a sweep is a factor: in the records of its `except`, and in the rows, columns and records of comparisons
 * of it. Where several sweeps have one of the name, it stands for each.
 */
function factorMentions(declaration: Declaration, scope: Scope): readonly Resolved[] {
  if (declaration.kind !== 'block') return [];
  const fields = declaration.statements.filter((each) => each.kind === 'field');
  const records = fields.flatMap(({ values }) => values.flatMap(keysWithin));
  const names = fields.flatMap((field) =>
    isFactorField(declaration, field) ? field.values.flatMap(namesWithin) : [],
  );
  const plain = names.flatMap(({ path: [name, second] }) => (name && !second ? [name] : []));
  const known = sweepsOf(declaration, scope).flatMap(({ block, scope: home }) =>
    factorsOf(block).map(({ name, values }) => ({ name, values, scope: home })),
  );
  return [...records, ...plain].flatMap((mentioned) =>
    known
      .filter(({ name }) => name.text === mentioned.text)
      .map(({ name, values: expression, scope: home }) => ({
        path: [mentioned],
        span: mentioned.span,
        entity: { kind: 'value', expression, scope: home, span: name.span },
      })),
  );
}

/** A sweep itself, or the sweeps that a comparison is of. */
const sweepsOf = (block: Block, scope: Scope): readonly { readonly block: Block; readonly scope: Scope }[] =>
  block.keyword.text === 'sweep'
    ? [{ block, scope }]
    : block.keyword.text === 'compare'
      ? block.bases.flatMap(({ path }) => {
          const entity = lookup(path, scope);
          return entity?.kind === 'block' ? [entity] : [];
        })
      : [];

/** The keys of all records in an expression. */
const keysWithin = (expression: Expression): readonly Identifier[] => [
  ...(expression.kind === 'tuple' ? expression.items.flatMap(({ name }) => name ?? []) : []),
  ...childrenOf(expression).flatMap(keysWithin),
];

/** What a name stands for; of `student.clinic.dice`, which is a score, the experiment and the test set in it. */
function resolvedParts(path: readonly Identifier[], scope: Scope): readonly Resolved[] {
  const resolved = (part: readonly Identifier[], entity: Entity) => ({
    path: part,
    span: part.at(-1)!.span,
    entity,
  });
  const whole = lookup(path, scope);
  if (whole) return [resolved(path, whole)];
  const lengths = path.slice(1).map((_, i) => path.length - 1 - i);
  const known = lengths.find((length) => lookup(path.slice(0, length), scope)) ?? 0;
  const first = path.slice(0, known);
  const test = known < path.length - 1 ? path[known] : undefined;
  const data = test && dataSetNamed(test.text, scope);
  return [
    ...(known > 0 ? [resolved(first, lookup(first, scope)!)] : []),
    ...(test && data ? [resolved([test], data)] : []),
  ];
}

/** A data set by its own name, whatever the namespace that it is in: scores go by that alone. */
function dataSetNamed(name: string, scope: Scope): Entity | undefined {
  const all = [scope.names, ...scope.spaces.values()].flatMap((names) => names.get(name) ?? []);
  const found = all.find((entity) => entity.kind === 'block' && entity.block.keyword.text === 'dataset');
  return found ?? (scope.outer && dataSetNamed(name, scope.outer));
}

/** Every name in a file that stands for something declared, where it is used and where it is declared. */
export function resolvedIn(tree: SyntaxTree, scope: Scope): readonly Resolved[] {
  return tree.declarations.flatMap((declaration) => {
    const inner = scopeOf(declaration, scope);
    const declares = declaration.kind === 'use' ? [] : [declaration.name];
    const names = [...declares, ...factorsOf(declaration).map(({ name }) => name)];
    const own = names.flatMap((name) => {
      const entity = lookup([name], inner);
      return entity ? [{ path: [name], span: name.span, entity }] : [];
    });
    return [...own, ...referredIn(declaration, scope)];
  });
}

export const resolvedAt = (all: readonly Resolved[], offset: number): Resolved | undefined =>
  all.find(({ span }) => span.start <= offset && offset <= span.end);
