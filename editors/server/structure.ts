import {
  type DocumentLink,
  type FoldingRange,
  FoldingRangeKind,
  type SelectionRange,
} from 'vscode-languageserver';
import { childrenOf } from '../../compiler/check/walk.ts';
import type { Span } from '../../grammar/source.ts';
import type { Declaration, Expression } from '../../grammar/syntax.ts';
import * as token from '../../grammar/tokens.ts';
import { wordAt } from './place.ts';
import { rangesOf } from './ranges.ts';
import type { View } from './view.ts';
import type { Workspace } from './workspace.ts';

/** What can be folded: brackets of any kind over several lines, and comments that stand below one another. */
export function foldingIn({ source, lexed: { tokens, comments } }: View): readonly FoldingRange[] {
  const range = rangesOf(source);
  const lineOf = (offset: number) => range({ start: offset, end: offset }).start.line;
  const folds: FoldingRange[] = [];
  const open: number[] = [];
  for (const { tokenType, startOffset } of tokens) {
    if (opening.has(tokenType)) open.push(lineOf(startOffset));
    if (!closing.has(tokenType)) continue;
    const startLine = open.pop();
    const endLine = lineOf(startOffset) - 1;
    if (startLine !== undefined && endLine > startLine) folds.push({ startLine, endLine });
  }
  let block: { startLine: number; endLine: number } | undefined;
  const runs = comments.flatMap(({ ownLine, span }) => {
    if (!ownLine) return [];
    const line = lineOf(span.start);
    if (block && line === block.endLine + 1) {
      block.endLine = line;
      return [];
    }
    block = { startLine: line, endLine: line };
    return [block];
  });
  const comment = runs.filter(({ startLine, endLine }) => endLine > startLine);
  return [...folds, ...comment.map((each) => ({ ...each, kind: FoldingRangeKind.Comment }))];
}

const opening = new Set([token.LeftBrace, token.LeftParenthesis, token.LeftBracket]);
const closing = new Set([token.RightBrace, token.RightParenthesis, token.RightBracket]);

/** The stretches around a place, each inside of the next: word, expressions, statement, declaration, file. */
export function selectionAt({ source, tree }: View, offset: number): SelectionRange {
  const isAround = ({ start, end }: Pick<Span, 'start' | 'end'>) => start <= offset && offset <= end;
  const within = (expression: Expression): readonly Span[] =>
    isAround(expression.span) ? [expression.span, ...childrenOf(expression).flatMap(within)] : [];
  const inDeclaration = (declaration: Declaration): readonly Span[] => {
    if (!isAround(declaration.span)) return [];
    if (declaration.kind === 'use') return [declaration.span];
    if (declaration.kind === 'let') return [declaration.span, ...within(declaration.value)];
    const inside = declaration.statements.filter(({ span }) => isAround(span));
    const values = inside.flatMap((each) => (each.kind === 'field' ? each.values : [each.values]));
    return [declaration.span, ...inside.map(({ span }) => span), ...values.flatMap(within)];
  };
  const range = rangesOf(source);
  const all: readonly Pick<Span, 'start' | 'end'>[] = [
    { start: 0, end: source.text.length },
    ...tree.declarations.flatMap(inDeclaration),
    wordAt(source, offset),
  ];
  let outer = all[0]!;
  let found: SelectionRange = { range: range(outer) };
  // Siblings that both touch the place, and words that no stretch holds, are passed over.
  for (const each of all.slice(1)) {
    const isInside = outer.start <= each.start && each.end <= outer.end;
    if (!isInside || each.end - each.start >= outer.end - outer.start) continue;
    outer = each;
    found = { range: range(each), parent: found };
  }
  return found;
}

/** The files that the `use`s of a file name, where they are there. */
export function linksIn({ source, tree, usedAt }: View, { uriOf }: Workspace): readonly DocumentLink[] {
  const range = rangesOf(source);
  return tree.declarations.flatMap((declaration) => {
    if (declaration.kind !== 'use') return [];
    const file = usedAt(declaration.path.span.start);
    return file === undefined ? [] : [{ range: range(declaration.path.span), target: uriOf(file) }];
  });
}
