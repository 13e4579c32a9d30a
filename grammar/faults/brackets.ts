import type { IToken, TokenType } from 'chevrotain';
import { deepest, most, openBracket, pairBrackets } from '../brackets.ts';
import { replacing } from '../diagnostic.ts';
import { messages, quote } from '../messages.ts';
import { fewerParts, lessNesting } from '../read.ts';
import * as token from '../tokens.ts';
import {
  before,
  type Fault,
  type Finding,
  foundAt,
  foundIn,
  nameBefore,
  spanOf,
  spanOfToken,
  startsValue,
  wantsValue,
} from './fault.ts';

/** `((((…` */
export function tooDeep(fault: Fault): Finding | undefined {
  if (fault.expected !== lessNesting) return undefined;
  return { diagnostic: messages.at(spanOf(fault), 'DML1025', { most: `${deepest}` }) };
}

/** `1 + 1 + 1 + …` */
export function tooLong(fault: Fault): Finding | undefined {
  if (fault.expected !== fewerParts) return undefined;
  return { diagnostic: messages.at(spanOf(fault), 'DML1026', { most: `${most}` }) };
}

const closings = new Map<TokenType | undefined, string>([
  [token.LeftParenthesis, ')'],
  [token.LeftBracket, ']'],
]);
const closers = new Set<TokenType | undefined>([
  token.RightParenthesis,
  token.RightBracket,
  token.RightBrace,
]);

export function closesNothing(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  if (!found || !closers.has(found.tokenType)) return undefined;
  const pairs = pairBrackets(fault.tokens);
  if (openBracket(before(fault)) && (pairs.unclosed.size > 0 || !pairs.unopened.has(fault.index)))
    return undefined;
  const span = spanOf(fault);
  const fix = replacing('Remove it', span, '');
  return { diagnostic: messages.at(span, 'DML1019', { found: quote(found.image) }, { fix }) };
}

/** `unet width: 16)` */
export function missingOpening(fault: Fault): Finding | undefined {
  const [closing] = pairBrackets(fault.tokens).unopened;
  const last = fault.tokens[closing ?? -1];
  if (closing === undefined || !last || closing <= fault.index) return undefined;
  const found = foundAt(fault)!;
  const name = fault.tokens[fault.index - 1];
  if (!startsValue(found) || name?.tokenType !== token.Name)
    return closesNothing({ ...fault, index: closing });
  const opening = openingOf(last);
  const related = [{ span: spanOfToken(fault, last), message: 'closed here' }];
  const end = token.endOf(name);
  const place = { source: fault.source, start: end, end };
  const fix = replacing(`Add ${quote(opening)}`, place, opening);
  const values = { expected: quote(opening), after: ` after ${quote(name.image)}`, found: foundIn(fault) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1000', values, { related, fix }) };
}

const openingOf = ({ tokenType }: IToken): string => (tokenType === token.RightParenthesis ? '(' : '[');

export function unclosedBracket(fault: Fault): Finding | undefined {
  const opening = openBracket(before(fault));
  if (!opening || foundAt(fault)) return undefined;
  const last = fault.tokens.at(-1)!;
  const closing = closings.get(opening.tokenType)!;
  const oneLine = opening.startLine === last.startLine;
  const fix = replacing(`Add ${quote(closing)}`, spanOf(fault), closing);
  const values = { opening: quote(opening.image), closing: quote(closing) };
  return { diagnostic: messages.at(spanOfToken(fault, opening), 'DML1014', values, oneLine ? { fix } : {}) };
}

export function wrongBracket(fault: Fault): Finding | undefined {
  const opening = openBracket(before(fault));
  const found = foundAt(fault);
  if (!opening || !found || !closers.has(found.tokenType) || wantsValue(fault)) return undefined;
  const span = spanOf(fault);
  const closing = closings.get(opening.tokenType)!;
  const fix = replacing(`Write ${quote(closing)}`, span, closing);
  const related = [{ span: spanOfToken(fault, opening), message: 'opened here' }];
  const values = { opening: quote(opening.image), closing: quote(closing), found: quote(found.image) };
  return { diagnostic: messages.at(span, 'DML1015', values, { fix, related }) };
}

/** `model: { … }`, `model { … }` */
export function options(fault: Fault): Finding | undefined {
  if (fault.kind !== 'field' || foundAt(fault)?.tokenType !== token.LeftBrace) return undefined;
  return {
    diagnostic: messages.at(spanOf(fault), 'DML1024', {
      found: quote('{'),
      name: nameBefore(fault).replace(/:$/, ''),
    }),
  };
}
