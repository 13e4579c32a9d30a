import type { IToken, TokenType } from 'chevrotain';
import { type Brackets, pairBrackets } from './brackets.ts';
import * as token from './tokens.ts';

/** `unknown` is what stands outside all blocks and begins like no declaration. */
export type IslandKind = 'version' | 'use' | 'let' | 'vary' | 'head' | 'field' | 'close' | 'unknown';

/** A stretch of tokens that can be read on its own: a block up to its brace, a statement, a closing brace. */
export interface Island {
  readonly kind: IslandKind;
  readonly tokens: readonly IToken[];
}

/**
 * Cuts a file with errors where statements start, from tokens alone. On a file without errors the cuts fall exactly
 * where the grammar starts a statement; line ends count only where a colon or a bracket is missing.
 */
export function islands(tokens: readonly IToken[]): readonly Island[] {
  const cuts: Cut[] = [];
  const brackets = pairBrackets(tokens);
  let inside = false;
  let open = 0;
  let index = 0;
  while (index < tokens.length) {
    const place: Place = { tokens, index, brackets, open, inside, current: cuts.at(-1) };
    const kind = kindAt(place) ?? (index === 0 ? 'unknown' : undefined);
    if (kind) {
      cuts.push({ kind, start: index });
      open = 0;
      // A field outside of all blocks is reported once: those after it belong to the same lost block.
      inside = kind === 'head' || kind === 'field' || (inside && kind !== 'close');
    }
    if (brackets.unclosed.has(index)) open += 1;
    index = nestedBlock(place, cuts.at(-1)) ?? index + 1;
  }
  return cuts.map(({ kind, start }, i) => ({ kind, tokens: tokens.slice(start, cuts[i + 1]?.start) }));
}

/** Braces in a statement hold no statements: the index after them. */
function nestedBlock({ index, brackets }: Place, current: Cut | undefined): number | undefined {
  const end = current?.kind === 'field' ? brackets.braces.get(index) : undefined;
  return end === undefined ? undefined : end + 1;
}

interface Cut {
  readonly kind: IslandKind;
  readonly start: number;
}

/** A token and what is known of the file before it. */
interface Place {
  readonly tokens: readonly IToken[];
  readonly index: number;
  readonly brackets: Brackets;
  /** Unclosed brackets since the current island's start. */
  readonly open: number;
  readonly inside: boolean;
  readonly current: Cut | undefined;
}

const starters = new Map<TokenType | undefined, IslandKind>([
  [token.Use, 'use'],
  [token.Let, 'let'],
  [token.Vary, 'vary'],
]);
const headSigns = new Set<TokenType | undefined>([token.LeftBrace, token.Extends, token.Of]);
/** After these a word is a name, whatever it is. */
const wantsName = new Set<TokenType | undefined>([
  ...[token.Dot, token.Let, token.As, token.Extends, token.Of, token.Vary],
]);
/** A name after one of these begins something new, or is the operand of a number. */
const numberEnds = new Set<TokenType | undefined>([token.Numeral, token.Size, token.Percent]);
const operandEnds = new Set<TokenType | undefined>([
  ...[token.Name, token.Text, token.RightParenthesis, token.RightBracket, token.LeftBrace, token.RightBrace],
]);
/** What no operand is followed by: a name before it is a field that lacks its colon. */
const valueStarts = new Set<TokenType | undefined>([
  ...[token.Name, token.Numeral, token.Size, token.Text, token.Equals, token.LeftBracket],
]);

/** The kind of island that starts here, if one does. */
function kindAt(place: Place): IslandKind | undefined {
  const at = typeAt(place);
  if (at(0) === token.RightBrace) return 'close';
  if (place.brackets.depths[place.index]! > 0) return undefined;
  const starter = starters.get(at(0));
  if (starter && at(1) !== token.Colon && !wantsName.has(at(-1))) return starter;
  if (!isWord(place) || at(-1) === token.Dot) return undefined;
  if (wantsName.has(at(-1)) && !startsLine(place)) return undefined;
  if (place.index === 0 && (at(1) === token.Numeral || isImage(place, 'dml'))) return 'version';
  if (startsHead(place)) return 'head';
  return place.inside ? fieldAt(place) : declarationAt(place);
}

const typeAt =
  ({ tokens, index }: Place) =>
  (offset: number): TokenType | undefined =>
    tokens[index + offset]?.tokenType;

const isImage = ({ tokens, index }: Place, image: string): boolean => tokens[index]?.image === image;

const isWord = (place: Place): boolean => {
  const at = typeAt(place);
  return at(0) === token.Name || (token.reservedWords.has(at(0)!) && at(1) === token.Colon);
};

/** `name name {`, not where these names belong to another head. */
function startsHead(place: Place): boolean {
  const at = typeAt(place);
  if (at(1) !== token.Name || !headSigns.has(at(2)) || wantsName.has(at(-1))) return false;
  return startsLine(place) || (endsValue(at(-1)) && !belongsToHead(place));
}

const endsValue = (type: TokenType | undefined): boolean => operandEnds.has(type) || numberEnds.has(type);

/** The second name of a head, or the third where a word is too many. */
const belongsToHead = ({ index, current }: Place): boolean =>
  (current?.kind === 'head' || current?.kind === 'unknown') && index - current.start <= 2;

/** In a block: a name with a colon, or a line that begins as only a field without its colon can. */
function fieldAt(place: Place): IslandKind | undefined {
  const at = typeAt(place);
  if (place.current?.kind === 'head' && place.index === place.current.start + 1) return undefined;
  const first = startsLine(place);
  if (!first && closesLater(place)) return undefined;
  const aligned = first && (place.open === 0 || column(place) <= startColumn(place));
  if (colonAhead(place))
    return place.open === 0 || aligned || (first && operandEnds.has(at(-1))) ? 'field' : undefined;
  if (!aligned) return undefined;
  const lacksColon = operandEnds.has(at(-1)) || isNoOperand(place);
  return lacksColon ? 'field' : undefined;
}

/** Whether the line goes on to a bracket that lacks its opening: what stands before it are arguments. */
function closesLater({ tokens, index, brackets }: Place): boolean {
  const line = tokens[index]!.startLine;
  return (brackets.lastUnopened.get(line!) ?? -1) > index;
}

/** After a number, a name is its operand, unless the line goes on with what follows no operand. */
function isNoOperand(place: Place): boolean {
  const at = typeAt(place);
  const following = { ...place, index: place.index + 1, current: undefined };
  if (!numberEnds.has(at(-1)) || startsLine(following)) return false;
  return headSigns.has(at(1)) || (valueStarts.has(at(1)) && !colonAhead(following) && !startsHead(following));
}

/** Outside of blocks: whatever a line begins with after something complete. */
function declarationAt(place: Place): IslandKind | undefined {
  const at = typeAt(place);
  if (!startsLine(place)) return undefined;
  if (place.current?.kind === 'head' && place.index === place.current.start + 1) return undefined;
  if (colonAhead(place)) return endsValue(at(-1)) || !at(-1) ? 'field' : undefined;
  if (at(-1) && !operandEnds.has(at(-1)) && !isNoOperand(place)) return undefined;
  const named = at(1) === token.Name;
  const opensBlock = headSigns.has(at(1)) || (named && colonAhead({ ...place, index: place.index + 2 }));
  return opensBlock || braceInLine(place) ? 'head' : 'unknown';
}

/** `name . name :` */
function colonAhead(place: Place): boolean {
  const at = typeAt(place);
  let next = 1;
  while (at(next) === token.Dot) next += 2;
  return at(next) === token.Colon && isNameLike(at(0));
}

const isNameLike = (type: TokenType | undefined): boolean =>
  type !== undefined && (type === token.Name || token.reservedWords.has(type));

function braceInLine({ tokens, index }: Place): boolean {
  const line = tokens[index]?.startLine;
  for (let at = index; tokens[at]?.startLine === line && at < tokens.length; at += 1)
    if (tokens[at]!.tokenType === token.LeftBrace) return true;
  return false;
}

function startsLine({ tokens, index }: Place): boolean {
  const before = tokens[index - 1];
  if (!before || before.tokenType === token.LeftBrace || before.tokenType === token.RightBrace) return true;
  return before.startLine !== tokens[index]?.startLine;
}

const column = ({ tokens, index }: Place): number => tokens[index]?.startColumn ?? 1;
const startColumn = (place: Place): number => column({ ...place, index: place.current?.start ?? 0 });
