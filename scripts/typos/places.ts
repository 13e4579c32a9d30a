import { childrenOf } from '../../compiler/check/walk.ts';
import { lex } from '../../grammar/lexer.ts';
import { parse } from '../../grammar/parser.ts';
import type { Source, Span } from '../../grammar/source.ts';
import type { Argument, Expression, SyntaxTree } from '../../grammar/syntax.ts';
import * as token from '../../grammar/tokens.ts';

/** What stands somewhere in a file: a name that is looked up, one that is declared there, a value, or a sign. */
export type Kind = 'name' | 'declared' | 'number' | 'text' | 'sign';

export interface Place {
  readonly kind: Kind;
  readonly span: Span;
  readonly word: string;
}

/** Everything in a right file but its comments. */
export function placesIn(source: Source): readonly Place[] {
  const { value: tree } = parse(source);
  const declared = new Set(tree ? declaredAt(tree) : []);
  return lex(source).tokens.map((found) => {
    const span = { source, start: found.startOffset, end: token.endOf(found) };
    const kind = declared.has(span.start) ? 'declared' : (kinds.get(found.tokenType) ?? 'sign');
    return { kind, span, word: source.text.slice(span.start, span.end) };
  });
}

const kinds = new Map([
  ...[token.Name, ...token.reservedWords].map((type) => [type, 'name'] as const),
  ...[token.Numeral, token.Size].map((type) => [type, 'number'] as const),
  [token.Text, 'text'] as const,
]);

/** Where names begin that a file gives: those of lets, blocks and spaces, of the factors of a sweep, of classes. */
function declaredAt({ declarations }: SyntaxTree): readonly number[] {
  return declarations.flatMap((declaration) => {
    if (declaration.kind === 'use') return declaration.alias ? [declaration.alias.span.start] : [];
    if (declaration.kind === 'let') return [declaration.name.span.start];
    const inside = declaration.statements.flatMap((statement) => {
      if (statement.kind === 'factor') return [statement.name.span.start];
      if (statement.kind !== 'field' || statement.target.path[0]?.text !== 'classes') return [];
      return statement.values.flatMap(namesOfRecord);
    });
    return [declaration.name.span.start, ...inside];
  });
}

function namesOfRecord(expression: Expression): readonly number[] {
  const items: readonly Argument[] = expression.kind === 'tuple' ? expression.items : [];
  const here = items.flatMap(({ name }) => (name ? [name.span.start] : []));
  return [...here, ...childrenOf(expression).flatMap(namesOfRecord)];
}
