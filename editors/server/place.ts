import type { IToken } from 'chevrotain';
import type { Source } from '../../grammar/source.ts';
import * as token from '../../grammar/tokens.ts';
import { describeField } from './fields.ts';
import type { View } from './view.ts';

/** What may be written at a place, as far as the text before it tells: the rest of the file may be anything. */
export type Place =
  | { readonly kind: 'declaration' }
  /** Behind `extends` of a block of this kind, or `of`. */
  | { readonly kind: 'reference'; readonly keyword: string; readonly path: readonly string[] }
  | { readonly kind: 'statement'; readonly block: string; readonly varied: boolean }
  /** Behind a dot: `model.` */
  | { readonly kind: 'path'; readonly block: string; readonly path: readonly string[] }
  | ({ readonly kind: 'value' } & Within)
  /** Inside the parentheses of a call, where an option begins. */
  | ({ readonly kind: 'argument' } & Within)
  /** A name is made up here, or a text is written. */
  | { readonly kind: 'free' };

/** Where in a value a place is. */
export interface Within {
  readonly block: string | undefined;
  /** The path of the field; empty in a `let`. */
  readonly field: readonly string[];
  /** Behind `on`. */
  readonly target: boolean;
  /** The brackets around it, outermost first. */
  readonly brackets: readonly Bracket[];
  readonly last: IToken | undefined;
  /** The names before a dot: `sets.` */
  readonly path: readonly string[];
}

/** An open bracket. */
export interface Bracket {
  /** `undefined` for a group, a record or a list. */
  readonly callee: string | undefined;
  readonly isList: boolean;
  /** The option whose value this is; `undefined` for one without its name. */
  readonly option: string | undefined;
  /** Names of the options so far. */
  readonly given: readonly string[];
  /** How many stand before it. */
  readonly index: number;
  readonly target: boolean;
}

/** The name that a cursor is in or right behind of, or else the place itself, as a stretch of text. */
export function wordAt(source: Source, offset: number): { readonly start: number; readonly end: number } {
  const before = /\w*$/.exec(source.text.slice(0, offset))![0];
  const after = /^\w*/.exec(source.text.slice(offset))![0];
  return /^\d/.test(before)
    ? { start: offset, end: offset }
    : { start: offset - before.length, end: offset + after.length };
}

/** What may be written at an offset, in place of the word that begins there if one does. */
export function placeAt(
  { source, lexed: { comments, tokens } }: Pick<View, 'source' | 'lexed'>,
  offset: number,
): Place {
  const isInside = (span: { readonly start: number; readonly end: number }) =>
    span.start < offset && offset <= span.end;
  if (comments.some(({ span }) => isInside(span))) return { kind: 'free' };
  const isInText = (each: IToken) =>
    each.tokenType === token.Text && each.startOffset < offset && offset < token.endOf(each);
  if (tokens.some(isInText)) return { kind: 'free' };
  const before = tokens.filter((each) => token.endOf(each) <= offset);
  return ofTokens(before, source, offset);
}

function ofTokens(tokens: readonly IToken[], source: Source, offset: number): Place {
  const brace = tokens.findLastIndex(
    ({ tokenType }) => tokenType === token.LeftBrace || tokenType === token.RightBrace,
  );
  const isInBlock = brace >= 0 && tokens[brace]!.tokenType === token.LeftBrace;
  const here = tokens.slice(brace + 1);
  const block = isInBlock ? keywordOf(tokens.slice(0, brace)) : undefined;
  const start = statementStart(here, block);
  const statement = here.slice(start);
  const last = statement.at(-1);
  const isNew = !last || (isBreak(source, token.endOf(last), offset) && !isOpen(statement));
  if (block !== undefined)
    return isNew ? { kind: 'statement', block, varied: false } : inStatement(block, statement);
  return isNew ? { kind: 'declaration' } : inDeclaration(statement);
}

/** Index of the token with which the last statement or declaration begins. */
function statementStart(tokens: readonly IToken[], block: string | undefined): number {
  let depth = 0;
  let start = 0;
  for (const [i, { tokenType }] of tokens.entries()) {
    if (opening.has(tokenType)) depth++;
    else if (closing.has(tokenType)) depth = Math.max(0, depth - 1);
    const begins = tokenType === token.Let || tokenType === token.Vary || tokenType === token.Use;
    // A bracket that nobody closed does not reach beyond the next field of the block.
    if (begins || (block !== undefined && isNextField(tokens, i, start, block))) depth = 0;
    if (depth > 0) continue;
    if (begins || (block !== undefined ? isFieldStart(tokens, i) : isHeadStart(tokens, i))) start = i;
  }
  return start;
}

const opening = new Set([token.LeftParenthesis, token.LeftBracket]);
const closing = new Set([token.RightParenthesis, token.RightBracket]);

/** A field on a line of its own that stands no further right than the statement before it. */
const isNextField = (tokens: readonly IToken[], at: number, start: number, block: string): boolean =>
  isFirstOfLine(tokens, at) &&
  tokens[at]!.startColumn! <= tokens[start]!.startColumn! &&
  describeField(block, tokens[at]!.image) !== undefined &&
  isFieldStart(tokens, at);

/** `model.width:`, which no value holds outside of brackets; one that has only begun, behind what can end a value. */
function isFieldStart(tokens: readonly IToken[], at: number): boolean {
  const before = tokens[at - 1]?.tokenType;
  if (tokens[at]!.tokenType !== token.Name || before === token.Dot || before === token.Vary) return false;
  let i = at + 1;
  while (tokens[i]?.tokenType === token.Dot && tokens[i + 1]?.tokenType === token.Name) i += 2;
  const isPath = tokens[i]?.tokenType === token.Colon;
  const isBegun = i >= tokens.length - 1 && tokens[i]?.tokenType === token.Dot;
  return isPath || (isBegun && isFirstOfLine(tokens, at) && !unfinished.has(before));
}

/** `experiment a`: two names in a row do not occur in a value. */
const isHeadStart = (tokens: readonly IToken[], at: number): boolean =>
  tokens[at]!.tokenType === token.Name &&
  (tokens[at + 1]?.tokenType === token.Name || tokens[at + 1]?.tokenType === token.Numeral) &&
  !unfinished.has(tokens[at - 1]?.tokenType) &&
  tokens[at - 1]?.tokenType !== token.Let;

const isFirstOfLine = (tokens: readonly IToken[], at: number): boolean =>
  at === 0 || tokens[at - 1]!.endLine !== tokens[at]!.startLine;

/** What a value cannot end with. */
const unfinished = new Set<unknown>([
  ...[token.Colon, token.Comma, token.Plus, token.Minus, token.Star, token.Slash, token.Dot, token.Dots],
  ...[token.Flow, token.Compare, token.Equals, token.LeftParenthesis, token.LeftBracket],
  ...[
    token.On,
    token.At,
    token.Then,
    token.In,
    token.Of,
    token.Extends,
    token.Vary,
    token.Let,
    token.Use,
    token.As,
  ],
]);

/** Whether more must follow. */
const isOpen = (tokens: readonly IToken[]): boolean =>
  unfinished.has(tokens.at(-1)?.tokenType) || levelsOf(tokens, 0).length > 1;

const isBreak = ({ text }: Source, from: number, to: number) => text.slice(from, to).includes('\n');

function keywordOf(tokens: readonly IToken[]): string {
  const head = tokens.slice(tokens.findLastIndex(({ tokenType }) => tokenType === token.RightBrace) + 1);
  const at = head.findLastIndex((_, i) => isHeadStart(head, i));
  return head[at]?.image ?? '';
}

function inDeclaration(tokens: readonly IToken[]): Place {
  const [first, , third] = tokens;
  if (first!.tokenType === token.Let) return third ? inValue(tokens, 3, undefined, []) : { kind: 'free' };
  if (first!.tokenType === token.Use || first!.tokenType !== token.Name) return { kind: 'free' };
  const isLinked = tokens.some(({ tokenType }) => tokenType === token.Extends || tokenType === token.Of);
  const last = tokens.at(-1)!.tokenType;
  if (!isLinked || last === token.Name) return { kind: 'free' };
  const path = last === token.Dot ? pathBefore(tokens, tokens.length) : [];
  return { kind: 'reference', keyword: first!.image, path };
}

function inStatement(block: string, tokens: readonly IToken[]): Place {
  const [first] = tokens;
  const isVaried = first!.tokenType === token.Vary;
  const marker = tokens.findIndex(({ tokenType }) =>
    isVaried || first!.tokenType === token.Let ? tokenType === token.In : tokenType === token.Colon,
  );
  if (marker < 0) {
    if (first!.tokenType === token.Let) return { kind: 'free' };
    const path = pathBefore(tokens, tokens.length);
    if (tokens.at(-1)!.tokenType === token.Dot) return { kind: 'path', block, path };
    return isVaried && tokens.at(-1)!.tokenType !== token.Name
      ? { kind: 'statement', block, varied: true }
      : { kind: 'free' };
  }
  const field = first!.tokenType === token.Let ? [] : pathBefore(tokens, marker);
  return inValue(tokens, marker + 1, block, field);
}

/** The names of a path that ends right before an index, a dot behind them passed over. */
function pathBefore(tokens: readonly IToken[], end: number): readonly string[] {
  const isPart = ({ tokenType }: IToken) => tokenType === token.Dot || tokenType === token.Name;
  const start = tokens.slice(0, end).findLastIndex((each) => !isPart(each)) + 1;
  return tokens
    .slice(start, end)
    .flatMap(({ tokenType, image }) => (tokenType === token.Name ? [image] : []));
}

function inValue(
  tokens: readonly IToken[],
  from: number,
  block: string | undefined,
  field: readonly string[],
): Place {
  const levels = levelsOf(tokens, from);
  const last = tokens.at(-1);
  const top = levels.at(-1)!;
  const outermost = levels.findIndex(({ callee }) => callee !== undefined);
  const isStart =
    top.callee !== undefined &&
    (last!.tokenType === token.Comma || last!.tokenType === token.LeftParenthesis);
  return {
    kind: isStart ? 'argument' : 'value',
    block,
    field,
    target: (outermost > 0 ? levels[outermost - 1]! : top).target,
    brackets: levels.slice(1),
    last,
    path: last?.tokenType === token.Dot ? pathBefore(tokens, tokens.length) : [],
  };
}

/** The brackets that are open behind the tokens, outermost first; the first level is none. */
function levelsOf(tokens: readonly IToken[], from: number): readonly Bracket[] {
  const outside: Bracket = {
    callee: undefined,
    given: [],
    option: undefined,
    index: 0,
    target: false,
    isList: false,
  };
  let levels: readonly Bracket[] = [outside];
  for (let i = from; i < tokens.length; i++) {
    const { tokenType, image } = tokens[i]!;
    const top = levels.at(-1)!;
    const change = (changes: Partial<Bracket>) => [...levels.slice(0, -1), { ...top, ...changes }];
    if (opening.has(tokenType)) {
      const called =
        tokenType === token.LeftParenthesis && tokens[i - 1]?.tokenType === token.Name && i > from;
      const callee = called ? pathBefore(tokens, i).join('.') : undefined;
      const isList = tokenType === token.LeftBracket;
      levels = [...levels, { ...outside, callee, isList, target: callee === undefined && top.target }];
    } else if (closing.has(tokenType)) levels = levels.length > 1 ? levels.slice(0, -1) : levels;
    else if (tokenType === token.On) levels = change({ target: true });
    else if (tokenType === token.Plus) levels = change({ target: false });
    else if (tokenType === token.Comma)
      levels = change({ target: false, option: undefined, index: top.index + 1 });
    else if (tokenType === token.Name && tokens[i + 1]?.tokenType === token.Colon && levels.length > 1)
      levels = change({ option: image, given: [...top.given, image] });
  }
  return levels;
}
