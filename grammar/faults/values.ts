import type { IToken } from 'chevrotain';
import { messages, quote } from '../messages.ts';
import * as token from '../tokens.ts';
import {
  before,
  type Fault,
  type Finding,
  foundAt,
  foundIn,
  operandEnds,
  spanOf,
  startsValue,
  unexpected,
  wantsValue,
  withHelp,
} from './fault.ts';
import { didYouMean, misspelt, misspeltInfix, readAs } from './names.ts';

export function sideBySide(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  const left = fault.tokens[fault.index - 1];
  const isWord = found && (startsValue(found) || token.reservedWords.has(found.tokenType));
  if (!isWord || !operandEnds.has(left?.tokenType)) return undefined;
  const infix = misspeltInfix(fault);
  if (token.reservedWords.has(found.tokenType) || ['head', 'unknown', 'use'].includes(fault.kind))
    return infix === undefined ? undefined : misspelt(fault, fault.index, infix);
  const values = { left: quote(left!.image), right: quote(found.image) };
  const span = spanOf(fault);
  const diagnostic = messages.at(span, 'DML1016', values, infix === undefined ? {} : didYouMean(span, infix));
  return { diagnostic, ...(infix === undefined ? {} : { repaired: readAs(fault, fault.index, infix) }) };
}

export function missingValue(fault: Fault): Finding | undefined {
  const last = fault.tokens[fault.index - 1];
  if (!wantsValue(fault) || !last) return undefined;
  const shown =
    last.tokenType === token.Colon ? `${fault.tokens[fault.index - 2]?.image ?? ''}:` : last.image;
  const values = { before: quote(shown), found: foundIn(fault) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1013', values) };
}

/** `0.8 < dice < 0.9` */
export function secondComparison(fault: Fault): Finding | undefined {
  const isComparison = ({ tokenType }: IToken) => tokenType === token.Compare || tokenType === token.In;
  const found = foundAt(fault);
  if (fault.kind !== 'field' || !found || !isComparison(found) || !before(fault).some(isComparison))
    return undefined;
  return withHelp(unexpected(fault), 'Both ends are tested at once with `in`: `dice in 0.8 .. 0.9`.');
}
