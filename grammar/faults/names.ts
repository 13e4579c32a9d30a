import type { TokenType } from 'chevrotain';
import { replacing } from '../diagnostic.ts';
import { messages, quote } from '../messages.ts';
import { nearest } from '../nearest.ts';
import * as token from '../tokens.ts';
import { type Fault, type Finding, foundAt, imageOf, spanOf, spanOfToken } from './fault.ts';

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
  const fix = replacing(`Write ${quote(meant)}`, span, meant);
  const help = `Did you mean ${quote(meant)}?`;
  return { diagnostic: messages.at(span, 'DML1022', values, { fix, help }) };
}
