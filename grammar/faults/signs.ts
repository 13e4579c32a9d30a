import type { TokenType } from 'chevrotain';
import { openBracket } from '../brackets.ts';
import { replacing } from '../diagnostic.ts';
import { messages, quote } from '../messages.ts';
import type { Span } from '../source.ts';
import * as token from '../tokens.ts';
import {
  before,
  type Fault,
  type Finding,
  foundAt,
  foundIn,
  insertion,
  literals,
  nameBefore,
  operandEnds,
  spanOf,
  startsValue,
  tokenOf,
} from './fault.ts';

/** How a statement joins its name and its value. */
const joints: Partial<Record<Fault['kind'], readonly { type: TokenType; sign: string; thing: string }[]>> = {
  field: [{ type: token.Colon, sign: ':', thing: 'A field' }],
  let: [
    { type: token.Equals, sign: '=', thing: 'A `let` outside of a sweep' },
    { type: token.In, sign: 'in', thing: 'A factor' },
  ],
  vary: [{ type: token.In, sign: 'in', thing: 'A factor' }],
  setting: [{ type: token.Equals, sign: '=', thing: 'A setting' }],
};
const signs = new Set<TokenType | undefined>([token.Colon, token.Equals, token.In]);

const jointOf = (fault: Fault) => joints[fault.kind]?.find(({ type }) => type.LABEL === fault.expected);

export function wrongSign(fault: Fault): Finding | undefined {
  const joint = jointOf(fault);
  const found = foundAt(fault);
  if (!joint || !found || !signs.has(found.tokenType)) return undefined;
  if (fault.kind === 'field' && found.tokenType === token.In) return variedField(fault);
  const span = spanOf(fault);
  const wanted = written(fault, joint.sign);
  const values = { thing: joint.thing, sign: quote(joint.sign), found: quote(found.image), wanted };
  const fix = replacing(`Write ${quote(joint.sign)}`, span, spaced(span, joint.sign));
  return {
    diagnostic: messages.at(span, 'DML1011', values, { fix }),
    repaired: fault.tokens.with(fault.index, { ...found, ...tokenOf(joint.type, joint.sign) }),
  };
}

/** A sign with blanks around it where a colon had none. */
function spaced({ source, start, end }: Span, sign: string): string {
  if (sign === ':') return sign;
  const [left, right] = [source.text[start - 1] ?? ' ', source.text[end] ?? ' '];
  return `${left.trim() ? ' ' : ''}${sign}${right.trim() ? ' ' : ''}`;
}

/** `labels in [voted, mean]` */
function variedField(fault: Fault): Finding {
  const first = fault.tokens[0]!;
  const start = { source: fault.source, start: first.startOffset, end: first.startOffset };
  const fix = replacing('Add `vary`', start, 'vary ');
  const wanted = fault.sweep ? quote(`vary ${nameBefore(fault)} in […]`) : quote(`${nameBefore(fault)}: …`);
  return { diagnostic: messages.at(spanOf(fault), 'DML1012', { wanted }, fault.sweep ? { fix } : {}) };
}

export function missingSign(fault: Fault): Finding | undefined {
  const joint = jointOf(fault);
  if (!joint || fault.index === 0) return undefined;
  const found = foundAt(fault);
  const values = {
    sign: quote(joint.sign),
    name: quote(nameBefore(fault)),
    found: foundIn(fault),
    wanted: written(fault, joint.sign),
  };
  if (!found || !startsValue(found)) return { diagnostic: messages.at(spanOf(fault), 'DML1010', values) };
  return insertion(fault, joint.type, joint.sign, joint.sign === ':' ? ':' : ` ${joint.sign}`, (fix) =>
    messages.at(spanOf(fault), 'DML1010', values, { fix }),
  );
}

const starts: Partial<Record<Fault['kind'], string>> = { let: 'let ', vary: 'vary ' };
const written = (fault: Fault, sign: string): string =>
  quote(`${starts[fault.kind] ?? ''}${nameBefore(fault)}${sign === ':' ? '' : ' '}${sign} …`);

/** `unet(width 16)` */
export function argumentWithoutColon(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  const [comma, name] = [fault.tokens[fault.index - 2], fault.tokens[fault.index - 1]];
  const literal = found && literals.has(found.tokenType);
  const starts = comma?.tokenType === token.LeftParenthesis || comma?.tokenType === token.Comma;
  const opening = openBracket(before(fault))?.tokenType;
  if (!literal || !starts || name?.tokenType !== token.Name || opening !== token.LeftParenthesis)
    return undefined;
  const wanted = quote(`${name.image}: ${found.image}`);
  const values = { sign: quote(':'), name: quote(name.image), found: foundIn(fault), wanted };
  return insertion(fault, token.Colon, ':', ':', (fix) =>
    messages.at(spanOf(fault), 'DML1010', values, { fix }),
  );
}

/** `unet(width: 16 depth: 3)`, `[voted mean]` */
export function missingComma(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  const last = fault.tokens[fault.index - 1];
  const opening = openBracket(before(fault))?.tokenType;
  if (!opening || !found || !startsValue(found) || !operandEnds.has(last?.tokenType)) return undefined;
  const named = fault.tokens[fault.index + 1]?.tokenType === token.Colon;
  if (!named && opening !== token.LeftBracket) return undefined;
  const values = { expected: quote(','), after: ` after ${quote(last!.image)}`, found: foundIn(fault) };
  return insertion(fault, token.Comma, ',', ',', (fix) =>
    messages.at(spanOf(fault), 'DML1000', values, { fix }),
  );
}
