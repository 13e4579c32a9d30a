import { type Entity, lookup, type Scope } from '../../compiler/check/scope.ts';
import { childrenOf } from '../../compiler/check/walk.ts';
import type { Span } from '../../grammar/source.ts';
import type { Declaration, Expression, Identifier, Reference, SyntaxTree } from '../../grammar/syntax.ts';

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

/** A declaration with every name in it that may stand for something declared. */
const mentionsOf = (declaration: Declaration): readonly Mention[] => [
  ...referencesOf(declaration),
  ...valuesOf(declaration).flatMap(inExpression),
];

/** What a declaration's names are looked up in: the lets of a sweep stand before those of the file. */
function scopeOf(declaration: Declaration, scope: Scope): Scope {
  const factors =
    declaration.kind === 'block' ? declaration.statements.filter(({ kind }) => kind === 'factor') : [];
  if (factors.length === 0) return scope;
  const names = factors.flatMap((factor) =>
    factor.kind === 'factor'
      ? [
          [
            factor.name.text,
            { kind: 'value', expression: factor.values, scope, span: factor.name.span } as const,
          ] as const,
        ]
      : [],
  );
  return { names: new Map<string, Entity>(names), spaces: new Map(), outer: scope };
}

/** A mention, and what it stands for. */
export interface Resolved {
  /** Of the last name of its path. */
  readonly span: Span;
  readonly entity: Entity;
}

/** Every name in a file that stands for something declared, where it is used and where it is declared. */
export function resolvedIn(tree: SyntaxTree, scope: Scope): readonly Resolved[] {
  return tree.declarations.flatMap((declaration) => {
    const inner = scopeOf(declaration, scope);
    const used = mentionsOf(declaration).flatMap(({ path }) => {
      const entity = lookup(path, inner);
      return entity ? [{ span: path.at(-1)!.span, entity }] : [];
    });
    const declared = declaration.kind === 'use' ? undefined : lookup([declaration.name], scope);
    const factors = inner === scope ? [] : [...inner.names.values()];
    const own =
      declaration.kind !== 'use' && declared ? [{ span: declaration.name.span, entity: declared }] : [];
    return [...own, ...factors.map((entity) => ({ span: entity.span, entity })), ...used];
  });
}

export const resolvedAt = (all: readonly Resolved[], offset: number): Resolved | undefined =>
  all.find(({ span }) => span.start <= offset && offset <= span.end);
