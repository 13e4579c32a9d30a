import type { IToken, TokenType } from 'chevrotain';
import { type Diagnostic, replacing } from '../diagnostic.ts';
import { messages, quote } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type { Source, Span } from '../source.ts';
import * as token from '../tokens.ts';
import {
  type Fault,
  type Finding,
  foundAt,
  imageOf,
  spanOf,
  spanOfToken,
  startsValue,
  tokenOf,
} from './fault.ts';

const words = [...token.reservedWords].map(({ PATTERN }) => `${PATTERN}`);
/** What may stand after a name that is declared, or that has a value. */
const afterNames = new Set<TokenType | undefined>([
  ...[undefined, token.Colon, token.Equals, token.In, token.Dot, token.Comma],
  ...[token.LeftBrace, token.Extends, token.Of],
]);

export function reservedWord(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  if (!found || !token.reservedWords.has(found.tokenType)) return undefined;
  const next = fault.tokens[fault.index + 1]?.tokenType;
  const isName = fault.expected === 'a name' ? afterNames.has(next) : next === token.Colon;
  if (!isName) return undefined;
  const values = { word: quote(found.image), words: words.map(quote).join(' ') };
  return { diagnostic: messages.at(spanOf(fault), 'DML1006', values) };
}

export function secondParent(fault: Fault): Finding | undefined {
  const parent = fault.tokens.findIndex(({ tokenType }) => tokenType === token.Extends);
  if (fault.kind !== 'head' || parent < 0 || foundAt(fault)?.tokenType !== token.Comma) return undefined;
  const values = { parent: quote(imageOf(fault.tokens.slice(parent + 1, fault.index))) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1017', values) };
}

/** `vray loss in [ce, dml1]`: in a sweep, what varies is the only statement with `in`. */
export function misspeltFactor(fault: Fault): Finding | undefined {
  const [first, second, third] = fault.tokens;
  const isFactor =
    second?.tokenType === token.Name && fault.tokens.some(({ tokenType }) => tokenType === token.In);
  if (fault.kind !== 'field' || !fault.sweep || !isFactor) return undefined;
  const one = third?.tokenType === token.In ? ['let', 'vary'] : ['vary'];
  const meant = nearest(first!.image, one);
  return meant === undefined ? undefined : misspelt(fault, 0, meant, 'the start of a statement');
}

/** `sweep widths fo big {` */
export function misspeltOfHead(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  const next = fault.tokens[fault.index + 1];
  if (fault.kind !== 'head' || found?.tokenType !== token.Name || next?.tokenType !== token.Name)
    return undefined;
  const meant = nearest(found.image, ['extends', 'of']);
  return meant === undefined ? undefined : misspelt(fault, fault.index, meant);
}

/** What joins two values, the more frequent first. */
const infixWords: Partial<Record<Fault['kind'], readonly string[]>> = {
  use: ['as'],
  head: ['of', 'extends'],
};
const inValues = ['on', 'at', 'then', 'in'];

/** `dice onn voted`: the word that was meant between two values. */
export function misspeltInfix(fault: Fault): string | undefined {
  const found = foundAt(fault);
  const next = fault.tokens[fault.index + 1];
  if (!found || !next || !startsValue(next)) return undefined;
  const words = infixWords[fault.kind] ?? inValues;
  // Of a word of two letters, one is left.
  const left =
    found.image.length === 1
      ? words.find((word) => word.length === 2 && word.includes(found.image))
      : undefined;
  return left ?? nearest(found.image, words);
}

/** A word of the language with a letter wrong: reading goes on with what was meant. */
export function misspelt(
  fault: Fault,
  index: number,
  meant: string,
  expected = fault.expected || 'the end of the statement',
): Finding {
  const found = fault.tokens[index]!;
  const last = fault.tokens[index - 1];
  const span = spanOfToken(fault, found);
  const values = { expected, after: last ? ` after ${quote(last.image)}` : '', found: quote(found.image) };
  return {
    diagnostic: messages.at(span, 'DML1000', values, didYouMean(span, meant)),
    repaired: readAs(fault, index, meant),
  };
}

export const didYouMean = (span: Span, meant: string) => ({
  help: `Did you mean ${quote(meant)}?`,
  fix: replacing(`Write ${quote(meant)}`, span, meant),
});

/** The tokens of a statement with another word at one place. */
export const readAs = ({ tokens }: Fault, index: number, word: string): readonly IToken[] =>
  tokens.with(index, { ...tokens[index]!, ...tokenOf(typeOf.get(word) ?? token.Name, word) });
const typeOf = new Map([...token.reservedWords].map((type) => [`${type.PATTERN}`, type]));

/** What stands at the start of a file before a number and is not `dml`. */
export function misspeltVersion(source: Source, first: IToken): Diagnostic | undefined {
  if (first.image === 'dml') return undefined;
  const span = { source, start: first.startOffset, end: token.endOf(first) };
  const meant = nearest(first.image, ['dml']);
  return messages.at(
    span,
    'DML1022',
    { found: quote(first.image) },
    meant === undefined ? {} : didYouMean(span, meant),
  );
}

/** Outside of blocks: `lett a = ce`, `3 epochs`. */
export function misspeltDeclaration(fault: Fault): Finding | undefined {
  const [first, second, third] = fault.tokens;
  if (fault.kind !== 'unknown' || !first) return undefined;
  const span = spanOfToken(fault, first);
  if (first.image === 'dml' && second?.tokenType === token.Numeral)
    return { diagnostic: messages.at(span, 'DML1023', {}) };
  const meant =
    second?.tokenType === token.Text
      ? 'use'
      : third?.tokenType === token.Equals && nearest(first.image, ['let']);
  const values = { found: quote(first.image) };
  if (!meant) return { diagnostic: messages.at(span, 'DML1022', values) };
  return { diagnostic: messages.at(span, 'DML1022', values, didYouMean(span, meant)) };
}
