import type { Span } from '../../grammar/source.ts';
import type { Block, Expression, Identifier } from '../../grammar/syntax.ts';

/** What a name of a file stands for. A `broken` one goes round in circles and has been reported. */
export type Entity =
  | { readonly kind: 'value'; readonly expression: Expression; readonly scope: Scope; readonly span: Span }
  | { readonly kind: 'block'; readonly block: Block; readonly scope: Scope; readonly span: Span }
  | { readonly kind: 'broken'; readonly span: Span };

/** The names that an expression sees: the lets of a sweep, then those of the file, then the registry's (elsewhere). */
export interface Scope {
  readonly names: ReadonlyMap<string, Entity>;
  /** `use "…" as sets` makes `sets.kidney`. */
  readonly spaces: ReadonlyMap<string, ReadonlyMap<string, Entity>>;
  readonly outer: Scope | undefined;
}

/** An expression and where its names are to be looked up: a let keeps the scope of its file. */
export interface Written<E extends Expression = Expression> {
  readonly expression: E;
  readonly scope: Scope;
}

export function lookup(path: readonly Identifier[], scope: Scope): Entity | undefined {
  const [first, second] = path;
  const own =
    path.length === 1
      ? scope.names.get(first!.text)
      : path.length === 2
        ? scope.spaces.get(first!.text)?.get(second!.text)
        : undefined;
  return own ?? (scope.outer && lookup(path, scope.outer));
}

/**
 * The expression that a name or parentheses stand for, any number of lets further on. `broken` is what has been
 * reported already: text that could not be read, or a let that needs itself.
 */
export function resolve(written: Written): Written | 'broken' {
  let found = written;
  for (;;) {
    const { expression, scope } = found;
    if (expression.kind === 'unreadable') return 'broken';
    if (expression.kind === 'group') found = { expression: expression.inner, scope };
    else if (expression.kind !== 'name') return found;
    else {
      const entity = lookup(expression.path, scope);
      if (entity?.kind === 'broken') return 'broken';
      if (entity?.kind !== 'value') return found;
      found = entity;
    }
  }
}

/** Of scopes that were asked for before: there may be as many unknown names as known ones. */
const known = new WeakMap<Scope, Names>();

interface Names {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly list: readonly string[];
}

function namesOf(scope: Scope): Names {
  const before = known.get(scope);
  if (before) return before;
  const outer = scope.outer ? namesIn(scope.outer) : [];
  const spaced = [...scope.spaces].flatMap(([space, names]) =>
    [...names].map(([name, entity]) => [`${space}.${name}`, entity] as const),
  );
  const entities = new Map([...outer, ...spaced, ...scope.names]);
  const names = { entities, list: [...entities.keys()] };
  known.set(scope, names);
  return names;
}

/** Every name that can be written here, `sets.kidney` for those of a namespace. To be asked once all files are loaded. */
export const namesIn = (scope: Scope): ReadonlyMap<string, Entity> => namesOf(scope).entities;

/** The same names as a list, which is the same list each time. */
export const listNames = (scope: Scope): readonly string[] => namesOf(scope).list;
