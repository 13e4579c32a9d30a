import type { IToken, TokenType } from 'chevrotain';
import { openBracket, pairBrackets } from './brackets.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { IslandKind } from './islands.ts';
import { quote } from './lexer.ts';
import { messages } from './messages.ts';
import { nearest } from './nearest.ts';
import type { Source, Span } from './source.ts';
import * as token from './tokens.ts';

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

/** One message for one fault: the first explanation that fits. */
export const explain = (fault: Fault): Finding =>
  explanations.reduce<Finding | undefined>((found, explanation) => found ?? explanation(fault), undefined) ??
  unexpected(fault);

const explanations: readonly ((fault: Fault) => Finding | undefined)[] = [
  reservedWord,
  closesNothing,
  missingOpening,
  unclosedBracket,
  wrongBracket,
  options,
  wrongSign,
  missingSign,
  argumentWithoutColon,
  missingComma,
  secondParent,
  sideBySide,
  missingValue,
  secondComparison,
  misspeltDeclaration,
];

const words = [...token.reservedWords].map(({ PATTERN }) => `${PATTERN}`);
/** What may stand after a name that is declared, or that has a value. */
const afterNames = new Set<TokenType | undefined>([
  ...[undefined, token.Colon, token.Equals, token.In, token.Dot, token.Comma],
  ...[token.LeftBrace, token.Extends, token.Of],
]);

function reservedWord(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  if (!found || !token.reservedWords.has(found.tokenType)) return undefined;
  const next = fault.tokens[fault.index + 1]?.tokenType;
  const isName = fault.expected === 'a name' ? afterNames.has(next) : next === token.Colon;
  if (!isName) return undefined;
  const values = { word: quote(found.image), words: words.map(quote).join(' ') };
  return { diagnostic: messages.at(spanOf(fault), 'DML1006', values) };
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

function closesNothing(fault: Fault): Finding | undefined {
  const found = foundAt(fault);
  if (!found || !closers.has(found.tokenType)) return undefined;
  const pairs = pairBrackets(fault.tokens);
  if (openBracket(before(fault)) && (pairs.unclosed.size > 0 || !pairs.unopened.has(fault.index)))
    return undefined;
  const span = spanOf(fault);
  const fix = { title: 'Remove it', span, replacement: '' };
  return { diagnostic: messages.at(span, 'DML1019', { found: quote(found.image) }, { fix }) };
}

/** `unet width: 16)` */
function missingOpening(fault: Fault): Finding | undefined {
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
  const fix = {
    title: `Add ${quote(opening)}`,
    span: { source: fault.source, start: end, end },
    replacement: opening,
  };
  const values = { expected: quote(opening), after: ` after ${quote(name.image)}`, found: foundIn(fault) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1000', values, { related, fix }) };
}

const openingOf = ({ tokenType }: IToken): string => (tokenType === token.RightParenthesis ? '(' : '[');

function unclosedBracket(fault: Fault): Finding | undefined {
  const opening = openBracket(before(fault));
  if (!opening || foundAt(fault)) return undefined;
  const last = fault.tokens.at(-1)!;
  const closing = closings.get(opening.tokenType)!;
  const oneLine = opening.startLine === last.startLine;
  const fix = { title: `Add ${quote(closing)}`, span: spanOf(fault), replacement: closing };
  const values = { opening: quote(opening.image), closing: quote(closing) };
  return { diagnostic: messages.at(spanOfToken(fault, opening), 'DML1014', values, oneLine ? { fix } : {}) };
}

function wrongBracket(fault: Fault): Finding | undefined {
  const opening = openBracket(before(fault));
  const found = foundAt(fault);
  if (!opening || !found || !closers.has(found.tokenType) || wantsValue(fault)) return undefined;
  const span = spanOf(fault);
  const closing = closings.get(opening.tokenType)!;
  const fix = { title: `Write ${quote(closing)}`, span, replacement: closing };
  const related = [{ span: spanOfToken(fault, opening), message: 'opened here' }];
  const values = { opening: quote(opening.image), closing: quote(closing), found: quote(found.image) };
  return { diagnostic: messages.at(span, 'DML1015', values, { fix, related }) };
}

/** `model: { … }`, `model { … }` */
function options(fault: Fault): Finding | undefined {
  if (fault.kind !== 'field' || foundAt(fault)?.tokenType !== token.LeftBrace) return undefined;
  return {
    diagnostic: messages.at(spanOf(fault), 'DML1024', {
      found: quote('{'),
      name: nameBefore(fault).replace(/:$/, ''),
    }),
  };
}

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

function wrongSign(fault: Fault): Finding | undefined {
  const joint = jointOf(fault);
  const found = foundAt(fault);
  if (!joint || !found || !signs.has(found.tokenType)) return undefined;
  if (fault.kind === 'field' && found.tokenType === token.In) return variedField(fault);
  const span = spanOf(fault);
  const wanted = written(fault, joint.sign);
  const values = { thing: joint.thing, sign: quote(joint.sign), found: quote(found.image), wanted };
  const fix = { title: `Write ${quote(joint.sign)}`, span, replacement: spaced(span, joint.sign) };
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
  const fix = { title: 'Add `vary`', span: start, replacement: 'vary ' };
  const wanted = fault.sweep ? quote(`vary ${nameBefore(fault)} in […]`) : quote(`${nameBefore(fault)}: …`);
  return { diagnostic: messages.at(spanOf(fault), 'DML1012', { wanted }, fault.sweep ? { fix } : {}) };
}

function missingSign(fault: Fault): Finding | undefined {
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

/** `unet(width 16)` */
function argumentWithoutColon(fault: Fault): Finding | undefined {
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
function missingComma(fault: Fault): Finding | undefined {
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

function secondParent(fault: Fault): Finding | undefined {
  const parent = fault.tokens.findIndex(({ tokenType }) => tokenType === token.Extends);
  if (fault.kind !== 'head' || parent < 0 || foundAt(fault)?.tokenType !== token.Comma) return undefined;
  const values = { parent: quote(imageOf(fault.tokens.slice(parent + 1, fault.index))) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1017', values) };
}

/** `0.8 < dice < 0.9` */
function secondComparison(fault: Fault): Finding | undefined {
  const isComparison = ({ tokenType }: IToken) => tokenType === token.Compare || tokenType === token.In;
  const found = foundAt(fault);
  if (fault.kind !== 'field' || !found || !isComparison(found) || !before(fault).some(isComparison))
    return undefined;
  return withHelp(unexpected(fault), 'Both ends are tested at once with `in`: `dice in 0.8 .. 0.9`.');
}

const operandEnds = new Set<TokenType | undefined>([
  ...[token.Name, token.Text, token.Numeral, token.Size, token.Percent],
  ...[token.RightParenthesis, token.RightBracket],
]);
const infixWords = ['on', 'at', 'then', 'in', 'as', 'of', 'extends'];

function sideBySide(fault: Fault): Finding | undefined {
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

const wantsValue = ({ expected }: Fault) => expected === 'a value' || expected === 'a name or parentheses';

function missingValue(fault: Fault): Finding | undefined {
  const last = fault.tokens[fault.index - 1];
  if (!wantsValue(fault) || !last) return undefined;
  const shown =
    last.tokenType === token.Colon ? `${fault.tokens[fault.index - 2]?.image ?? ''}:` : last.image;
  const values = { before: quote(shown), found: foundIn(fault) };
  return { diagnostic: messages.at(spanOf(fault), 'DML1013', values) };
}

/** Outside of blocks: `lett a = ce`, `3 epochs`. */
function misspeltDeclaration(fault: Fault): Finding | undefined {
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
  const fix = { title: `Write ${quote(meant)}`, span, replacement: meant };
  const help = `Did you mean ${quote(meant)}?`;
  return { diagnostic: messages.at(span, 'DML1022', values, { fix, help }) };
}

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

const withHelp = ({ diagnostic }: Finding, help: string): Finding => ({
  diagnostic: { ...diagnostic, help },
});

const literals = new Set<TokenType>([token.Numeral, token.Text, token.Size, token.LeftBracket]);
const startsValue = ({ tokenType }: IToken): boolean =>
  literals.has(tokenType) || [token.Name, token.LeftParenthesis, token.Minus].includes(tokenType);

const foundAt = ({ tokens, index }: Fault): IToken | undefined => tokens[index];
const before = ({ tokens, index }: Fault): readonly IToken[] => tokens.slice(0, index);
const imageOf = (tokens: readonly IToken[]): string => tokens.map(({ image }) => image).join('');

/** The name that a statement begins with. */
const nameBefore = ({ kind, tokens, index }: Fault): string =>
  imageOf(tokens.slice(kind === 'let' || kind === 'vary' ? 1 : 0, index)).replaceAll(',', ', ');

const starts: Partial<Record<Fault['kind'], string>> = { let: 'let ', vary: 'vary ' };
const written = (fault: Fault, sign: string): string =>
  quote(`${starts[fault.kind] ?? ''}${nameBefore(fault)}${sign === ':' ? '' : ' '}${sign} …`);

function foundIn(fault: Fault): string {
  const found = foundAt(fault);
  if (found) return quote(found.image);
  if (!fault.next) return 'the end';
  return fault.next.tokenType === token.RightBrace ? quote('}') : 'the next statement';
}

/** The token that does not fit, or the place after the last one. */
function spanOf(fault: Fault): Span {
  const found = foundAt(fault);
  if (found) return spanOfToken(fault, found);
  const last = fault.tokens.at(-1);
  const end = last ? token.endOf(last) : 0;
  return { source: fault.source, start: end, end };
}

const spanOfToken = ({ source }: Fault, of: IToken): Span => ({
  source,
  start: of.startOffset,
  end: token.endOf(of),
});

const tokenOf = (type: TokenType, image: string) => ({
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx!,
  image,
});

/** A token that was forgotten: a fix that writes it, and the statement with it. */
function insertion(
  fault: Fault,
  type: TokenType,
  image: string,
  replacement: string,
  diagnostic: (fix: NonNullable<Diagnostic['fix']>) => Diagnostic,
): Finding {
  const last = fault.tokens[fault.index - 1]!;
  const end = token.endOf(last);
  const fix = { title: `Add ${quote(image)}`, span: { source: fault.source, start: end, end }, replacement };
  const forgotten = { ...last, ...tokenOf(type, image), startOffset: end, endOffset: end - 1 };
  return { diagnostic: diagnostic(fix), repaired: fault.tokens.toSpliced(fault.index, 0, forgotten) };
}
