import type { Span } from '../../grammar/source.ts';
import type {
  Declaration,
  Expression,
  Factor,
  Identifier,
  Reference,
  SyntaxTree,
} from '../../grammar/syntax.ts';
import { type Entity, lookup, type Scope } from './scope.ts';
import { childrenOf } from './walk.ts';

/** A name as it stands somewhere in a file. */
export interface Mention {
  /** With those before its dot: `sets.kidney`. */
  readonly path: readonly Identifier[];
  readonly span: Span;
}

const inExpression = (expression: Expression): readonly Mention[] =>
  expression.kind === 'name' ? [expression] : childrenOf(expression).flatMap(inExpression);

const referencesOf = (declaration: Declaration): readonly Reference[] =>
  declaration.kind === 'block'
    ? [...(declaration.parent ? [declaration.parent] : []), ...declaration.bases]
    : [];

const valuesOf = (declaration: Declaration): readonly Expression[] => {
  if (declaration.kind === 'use') return [];
  if (declaration.kind === 'let') return [declaration.value];
  return declaration.statements.flatMap((statement) =>
    statement.kind === 'field' ? statement.values : [statement.values],
  );
};

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
  return mentionsOf(declaration).flatMap(({ path }) => {
    const entity = lookup(path, inner);
    return entity ? [{ path, span: path.at(-1)!.span, entity }] : [];
  });
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
