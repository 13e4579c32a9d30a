import type { Expression, SyntaxTree } from '../../grammar/syntax.ts';
import { namesWithin } from '../check/walk.ts';

/** The first part of every name that a file refers to: what it extends or is made of, and what its values hold. */
export function referencesIn({ declarations }: SyntaxTree): ReadonlySet<string> {
  const names = (expressions: readonly Expression[]) =>
    expressions.flatMap(namesWithin).map(({ path }) => path[0]!.text);
  return new Set(
    declarations.flatMap((declaration) => {
      if (declaration.kind === 'use') return [];
      if (declaration.kind === 'let') return names([declaration.value]);
      const { parent, bases, statements } = declaration;
      return [
        ...[...(parent ? [parent] : []), ...bases].map(({ path }) => path[0]!.text),
        ...statements.flatMap((statement) =>
          names(statement.kind === 'field' ? statement.values : [statement.values]),
        ),
      ];
    }),
  );
}
