import type { IToken, TokenType } from 'chevrotain';
import {
  SemanticTokenModifiers as modifier,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  SemanticTokenTypes as type,
} from 'vscode-languageserver';
import { resolvedIn } from '../../compiler/check/mentions.ts';
import { units } from '../../compiler/check/numbers.ts';
import type { Entity } from '../../compiler/check/scope.ts';
import { childrenOf } from '../../compiler/check/walk.ts';
import type { Component } from '../../compiler/registry.ts';
import type { Argument, Declaration, Expression, Identifier, Reference } from '../../grammar/syntax.ts';
import * as token from '../../grammar/tokens.ts';
import { targetWords } from './fields.ts';
import { rangesOf } from './ranges.ts';
import type { View } from './view.ts';

export const legend: SemanticTokensLegend = {
  tokenTypes: [
    ...[type.namespace, type.class, type.variable, type.property, type.parameter, type.function],
    ...[type.enumMember, type.keyword, type.number, type.string, type.operator, type.comment],
  ],
  tokenModifiers: [modifier.declaration, modifier.defaultLibrary, modifier.documentation],
};

/** What a stretch of text is. */
interface Mark {
  readonly is: type;
  readonly also?: readonly modifier[];
}

/**
 * What every token of a file is, as far as the checker knows it: names of declarations, fields, options, components, roots
 * of label sources, units. A word that stands for nothing is left as it is.
 *
 * @param within offsets; all of the file otherwise
 */
export function semanticTokensIn(
  view: View,
  within?: { readonly start: number; readonly end: number },
): SemanticTokens {
  const { source } = view;
  const { tokens, comments } = view.lexed;
  const known = marksIn(view);
  const marked = [
    ...tokens.map((each) => ({
      start: each.startOffset,
      end: token.endOf(each),
      mark: known.get(each.startOffset) ?? plainly(each),
    })),
    ...comments.map(({ span, doc }) => ({
      start: span.start,
      end: span.end,
      mark: { is: type.comment, also: doc ? [modifier.documentation] : [] },
    })),
  ].sort((a, b) => a.start - b.start);
  const range = rangesOf(source);
  const builder = new SemanticTokensBuilder();
  for (const { start, end, mark } of marked) {
    if (!mark || (within && (end < within.start || within.end < start))) continue;
    const { line, character } = range({ start, end }).start;
    const also = (mark.also ?? []).reduce((bits, each) => bits | bitOf(each), 0);
    builder.push(line, character, end - start, legend.tokenTypes.indexOf(mark.is), also);
  }
  return builder.build();
}

const bitOf = (each: modifier): number => 1 << legend.tokenModifiers.indexOf(each);

const byToken = new Map<TokenType, type>([
  [token.Text, type.string],
  [token.Size, type.number],
  [token.Numeral, type.number],
  [token.Percent, type.number],
  ...[
    token.Flow,
    token.Dots,
    token.Compare,
    token.Equals,
    token.Plus,
    token.Minus,
    token.Star,
    token.Slash,
  ].map((each) => [each, type.operator] as const),
  ...[...token.reservedWords].map((each) => [each, type.keyword] as const),
]);

function plainly({ tokenType, image, startOffset }: IToken): Mark | undefined {
  const is = byToken.get(tokenType) ?? (image === 'dml' && startOffset === 0 ? type.keyword : undefined);
  return is && { is };
}

/** What names are, by the offset at which they begin. */
function marksIn(view: View): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  const mark = ({ span }: Identifier, is: type, ...also: modifier[]) => marks.set(span.start, { is, also });
  for (const declaration of view.tree.declarations) markDeclaration(declaration, view, mark);
  for (const { span, path, entity } of resolvedIn(view.tree, view.scope)) {
    const isDeclared = entity.span.source.path === span.source.path && entity.span.start === span.start;
    for (const space of path.slice(0, -1)) mark(space, type.namespace);
    marks.set(span.start, { is: kindOf(entity), also: isDeclared ? [modifier.declaration] : [] });
  }
  return marks;
}

const kindOf = ({ kind }: Entity): type => (kind === 'block' ? type.class : type.variable);

type Marker = (name: Identifier, is: type, ...also: modifier[]) => void;

function markDeclaration(declaration: Declaration, view: View, mark: Marker): void {
  if (declaration.kind === 'use') {
    if (declaration.alias) mark(declaration.alias, type.namespace, modifier.declaration);
    return;
  }
  if (declaration.kind === 'let') {
    markWithin(declaration.value, view, mark);
    return;
  }
  mark(declaration.keyword, type.keyword);
  for (const statement of declaration.statements) {
    if (statement.kind !== 'factor') {
      const targets = statement.kind === 'field' ? [statement.target] : statement.targets;
      for (const target of targets) markPath(target, mark);
    }
    for (const value of statement.kind === 'field' ? statement.values : [statement.values])
      markWithin(value, view, mark);
  }
}

function markPath({ path }: Reference, mark: Marker): void {
  for (const name of path) mark(name, type.property);
}

function markWithin(expression: Expression, view: View, mark: Marker): void {
  const named = (all: readonly Argument[]) => {
    for (const { name } of all) if (name) mark(name, type.parameter);
  };
  if (expression.kind === 'name') markName(expression.path, view, mark);
  if (expression.kind === 'call') named(expression.arguments);
  if (expression.kind === 'list' || expression.kind === 'tuple') named(expression.items);
  if (expression.kind === 'at') mark(expression.head, type.enumMember);
  if (expression.kind === 'member') mark(expression.name, type.property);
  for (const child of childrenOf(expression)) markWithin(child, view, mark);
}

/** What a name is that nothing declares; names that something declares are marked after all others. */
function markName(path: readonly Identifier[], { registry }: View, mark: Marker): void {
  const last = path.at(-1)!;
  const name = path.map(({ text }) => text).join('.');
  const component = Object.values(registry)
    .map((family: Readonly<Record<string, Component>>) =>
      Object.hasOwn(family, name) ? family[name] : undefined,
    )
    .find((each) => each !== undefined);
  for (const space of path.slice(0, -1)) mark(space, type.namespace);
  if (component)
    mark(last, type.function, ...(component.code === undefined ? [modifier.defaultLibrary] : []));
  else if (Object.hasOwn(targetWords, name)) mark(last, type.variable, modifier.defaultLibrary);
  else if (Object.hasOwn(units, name)) mark(last, type.keyword);
  else mark(last, type.enumMember);
}
