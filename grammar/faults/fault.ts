import type { IToken, TokenType } from 'chevrotain';
import { type Diagnostic, replacing } from '../diagnostic.ts';
import type { IslandKind } from '../islands.ts';
import { messages, quote } from '../messages.ts';
import type { Source, Span } from '../source.ts';
import * as token from '../tokens.ts';

/** Where a rule of the grammar stopped. */
export interface Fault {
  readonly source: Source;
  readonly kind: IslandKind | 'expressions' | 'setting';
  /** In a block of the kind `sweep`. */
  readonly sweep: boolean;
  /** The tokens that the rule was given. */
  readonly tokens: readonly IToken[];
  /** The first of them that does not fit; their number where they end too soon. */
  readonly index: number;
  /** What the rule expected there; empty where it was finished. */
  readonly expected: string;
  /** What stands after the tokens. */
  readonly next: IToken | undefined;
}

export interface Finding {
  readonly diagnostic: Diagnostic;
  /** The tokens as they were meant, where that is clear: reading goes on with them. */
  readonly repaired?: readonly IToken[];
}

/** What one explanation makes of a fault, if it fits. */
export type Explanation = (fault: Fault) => Finding | undefined;

/** What can always be said. */
export function unexpected(fault: Fault): Finding {
  const last = fault.tokens[fault.index - 1];
  const values = {
    expected: fault.expected || 'the end of the statement',
    after: last ? ` after ${quote(last.image)}` : '',
    found: foundIn(fault),
  };
  return { diagnostic: messages.at(spanOf(fault), 'DML1000', values) };
}

export const withHelp = ({ diagnostic }: Finding, help: string): Finding => ({
  diagnostic: { ...diagnostic, help },
});

export const operandEnds = new Set<TokenType | undefined>([
  ...[token.Name, token.Text, token.Numeral, token.Size, token.Percent],
  ...[token.RightParenthesis, token.RightBracket],
]);

export const literals = new Set<TokenType>([token.Numeral, token.Text, token.Size, token.LeftBracket]);
export const startsValue = ({ tokenType }: IToken): boolean =>
  literals.has(tokenType) || [token.Name, token.LeftParenthesis, token.Minus].includes(tokenType);

export const wantsValue = ({ expected }: Fault) =>
  expected === 'a value' || expected === 'a name or parentheses';

export const foundAt = ({ tokens, index }: Fault): IToken | undefined => tokens[index];
export const before = ({ tokens, index }: Fault): readonly IToken[] => tokens.slice(0, index);
export const imageOf = (tokens: readonly IToken[]): string => tokens.map(({ image }) => image).join('');

/** The name that a statement begins with. */
export const nameBefore = ({ kind, tokens, index }: Fault): string =>
  imageOf(tokens.slice(kind === 'let' || kind === 'vary' ? 1 : 0, index)).replaceAll(',', ', ');

export function foundIn(fault: Fault): string {
  const found = foundAt(fault);
  if (found) return quote(found.image);
  if (!fault.next) return 'the end';
  return fault.next.tokenType === token.RightBrace ? quote('}') : 'the next statement';
}

/** The token that does not fit, or the place after the last one. */
export function spanOf(fault: Fault): Span {
  const found = foundAt(fault);
  if (found) return spanOfToken(fault, found);
  const last = fault.tokens.at(-1);
  const end = last ? token.endOf(last) : 0;
  return { source: fault.source, start: end, end };
}

export const spanOfToken = ({ source }: Fault, of: IToken): Span => ({
  source,
  start: of.startOffset,
  end: token.endOf(of),
});

export const tokenOf = (type: TokenType, image: string) => ({
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx!,
  image,
});

/** A token that was forgotten: a fix that writes it, and the statement with it. */
export function insertion(
  fault: Fault,
  type: TokenType,
  image: string,
  replacement: string,
  diagnostic: (fix: NonNullable<Diagnostic['fix']>) => Diagnostic,
): Finding {
  const last = fault.tokens[fault.index - 1]!;
  const end = token.endOf(last);
  const fix = replacing(`Add ${quote(image)}`, { source: fault.source, start: end, end }, replacement);
  const forgotten = { ...last, ...tokenOf(type, image), startOffset: end, endOffset: end - 1 };
  return { diagnostic: diagnostic(fix), repaired: fault.tokens.toSpliced(fault.index, 0, forgotten) };
}
