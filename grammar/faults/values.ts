import type { IToken } from 'chevrotain';
import { messages, quote } from '../messages.ts';
import { nearest } from '../nearest.ts';
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

const infixWords = ['on', 'at', 'then', 'in', 'as', 'of', 'extends'];

export function sideBySide(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  const left = fault.tokens[fault.index - 1];
  if (!found || !startsValue(found) || !operandEnds.has(left?.tokenType)) return undefined;
  const meant = infixWords.find((word) => found.image.length > 1 && nearest(found.image, [word]) === word);
  const next = fault.tokens[fault.index + 1];
  const isWord = meant !== undefined && next !== undefined && startsValue(next);
  if (fault.kind === 'head' || fault.kind === 'unknown' || fault.kind === 'use')
    return isWord ? withHelp(unexpected(fault), `Did you mean ${quote(meant)}?`) : undefined;
  const values = { left: quote(left!.image), right: quote(found.image) };
  const help = isWord ? { help: `Did you mean ${quote(meant)}?` } : {};
  return { diagnostic: messages.at(spanOf(fault), 'DML1016', values, help) };
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
