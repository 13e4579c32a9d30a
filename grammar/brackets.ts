import type { IToken, TokenType } from 'chevrotain';
import * as token from './tokens.ts';

/** What closes what. */
const openings = new Map<TokenType, TokenType>([
  [token.LeftParenthesis, token.RightParenthesis],
  [token.LeftBracket, token.RightBracket],
]);
const closings = new Set(openings.values());
const braces = new Set([token.LeftBrace, token.RightBrace]);

/** Brackets in brackets; far beyond what anybody writes, far below what fills the stack. */
export const deepest = 64;

/** The first token that is nested too deeply. */
export function tooDeep(tokens: readonly IToken[]): number | undefined {
  let depth = 0;
  const index = tokens.findIndex(({ tokenType }) => {
    if (openings.has(tokenType)) depth += 1;
    if (closings.has(tokenType)) depth = Math.max(0, depth - 1);
    if (braces.has(tokenType)) depth = 0;
    return depth > deepest;
  });
  return index < 0 ? undefined : index;
}

/** Operands of one value; a tree of far more of them, one in the other, would fill the stack. */
export const most = 1000;
const joins = new Set([token.Plus, token.Minus, token.Star, token.Slash, token.Flow, token.Then, token.Dots]);
const ends = new Set([token.Comma, token.Colon, token.Equals, token.LeftBrace, token.RightBrace]);

/** The first token behind too many signs that join values, with nothing between them that ends a value. */
export function tooLong(tokens: readonly IToken[]): number | undefined {
  let joined = 0;
  const index = tokens.findIndex(({ tokenType }) => {
    if (joins.has(tokenType)) joined += 1;
    if (ends.has(tokenType)) joined = 0;
    return joined >= most;
  });
  return index < 0 ? undefined : index;
}

export interface Brackets {
  /** For each token the pairs around it: a name with a colon in there is an argument, never a field. */
  readonly depths: readonly number[];
  /** Indices of opening brackets that nothing closes before the next brace. */
  readonly unclosed: ReadonlySet<number>;
  /** Indices of closing brackets that close nothing. */
  readonly unopened: ReadonlySet<number>;
  /** The last of these in each line that has one. */
  readonly lastUnopened: ReadonlyMap<number, number>;
  /** The closing brace of each opening one that has one. */
  readonly braces: ReadonlyMap<number, number>;
}

/** Pairs `(` with `)` and `[` with `]`, skipping what has no partner in between. */
export function pairBrackets(tokens: readonly IToken[]): Brackets {
  const closedBy = new Map<number, number>();
  const unclosed = new Set<number>();
  const unopened = new Set<number>();
  const lastUnopened = new Map<number, number>();
  const stack: number[] = [];
  const leave = (indices: readonly number[]) => {
    for (const index of indices) unclosed.add(index);
  };
  tokens.forEach(({ tokenType, startLine }, index) => {
    if (openings.has(tokenType)) stack.push(index);
    if (braces.has(tokenType)) leave(stack.splice(0));
    if (!closings.has(tokenType)) return;
    const partner = stack.findLastIndex((opening) => openings.get(tokens[opening]!.tokenType) === tokenType);
    if (partner < 0) {
      unopened.add(index);
      lastUnopened.set(startLine!, index);
      return;
    }
    leave(stack.splice(partner + 1));
    closedBy.set(stack.pop()!, index);
  });
  leave(stack);

  const ends = new Set(closedBy.values());
  let depth = 0;
  const depths = tokens.map((_, index) => {
    if (ends.has(index)) depth -= 1;
    const around = depth;
    if (closedBy.has(index)) depth += 1;
    return around;
  });
  return { depths, unclosed, unopened, lastUnopened, braces: pairBraces(tokens) };
}

function pairBraces(tokens: readonly IToken[]): ReadonlyMap<number, number> {
  const closedBy = new Map<number, number>();
  const stack: number[] = [];
  for (const [index, { tokenType }] of tokens.entries()) {
    if (tokenType === token.LeftBrace) stack.push(index);
    const opening = tokenType === token.RightBrace ? stack.pop() : undefined;
    if (opening !== undefined) closedBy.set(opening, index);
  }
  return closedBy;
}

/** The innermost bracket that is still open at the end of some tokens of one statement. */
export function openBracket(tokens: readonly IToken[]): IToken | undefined {
  const stack: IToken[] = [];
  for (const found of tokens) {
    if (openings.has(found.tokenType)) stack.push(found);
    if (closings.has(found.tokenType)) stack.pop();
  }
  return stack.at(-1);
}
