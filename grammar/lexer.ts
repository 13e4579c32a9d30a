import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { type Diagnostic, replacing } from './diagnostic.ts';
import { lazy } from './lazy.ts';
import { messages, quote } from './messages.ts';
import { foreignLineEnds, misspellings } from './misspellings.ts';
import { join, type Source, type Span } from './source.ts';
import type { Comment } from './syntax.ts';
import * as token from './tokens.ts';

export interface Lexed {
  /** What the parser reads: misspellings are replaced by what they stand for, at the place where they were written. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where text could not be read at all, in the order of the text: a syntax error in the same statement is but a consequence. */
  readonly gaps: readonly Span[];
}

const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n\u00a0\ufeff]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const CommentToken = createToken({
  name: 'Comment',
  pattern: new RegExp(`#[^\\r\\n${foreignLineEnds}]*`),
  group: 'comments',
});
/** From an opening quote to the end of the line. */
const OpenText = createToken({ name: 'OpenText', pattern: /"[^"\r\n]*/ });

/** The first pattern that fits wins, so a wrong spelling stands before the right ones that it begins with. */
const lexicon = [
  ...[Blank, CommentToken, token.Text, OpenText, token.Size],
  ...misspellings.map((misspelling) => misspelling.token),
  ...token.vocabulary.filter((type) => type !== token.Text && type !== token.Size),
  token.ForeignName,
];
const numbers = new Set<TokenType>([token.Numeral, token.Size]);
const meanings = new Map(misspellings.map((misspelling) => [misspelling.token, misspelling]));
/** What is not to be read as it is written; most files have none of it. */
const odd = new Set<TokenType>([OpenText, token.ForeignName, ...meanings.keys()]);

export const lexer = lazy(() => new Lexer(lexicon, { ensureOptimizations: true, skipValidations: true }));

export function lex(source: Source): Lexed {
  const { tokens: written, groups, errors } = lexer().tokenize(source.text);
  const between = (start: number, end: number): Span => ({ source, start, end });
  const spanOf = (of: IToken): Span => between(of.startOffset, token.endOf(of));
  const unknown = errors.map(({ offset, length }) => between(offset, offset + length));
  const oddities = written.filter(({ tokenType }) => odd.has(tokenType));
  return {
    tokens: oddities.length > 0 ? written.flatMap(read) : written,
    comments: (groups.comments ?? []).map((comment) => commentOf(comment, spanOf(comment))),
    diagnostics: [
      ...unknown.map((gap) =>
        messages.at(gap, 'DML1001', { found: quote(source.text.slice(gap.start, gap.end)) }),
      ),
      ...oddities.flatMap((found) => reported(found, spanOf(found))),
      ...touching(written).map(([number, name]) => touched(number, name, join(spanOf(number), spanOf(name)))),
    ],
    gaps: [...unknown, ...oddities.filter(({ tokenType }) => tokenType === OpenText).map(spanOf)].sort(
      (a, b) => a.start - b.start,
    ),
  };
}

/** A token as the parser sees it. */
function read(found: IToken): readonly IToken[] {
  const readAs = (type: TokenType, image: string) => [
    { ...found, tokenType: type, tokenTypeIdx: type.tokenTypeIdx!, image },
  ];
  if (found.tokenType === OpenText) return readAs(token.Text, `${found.image}"`);
  if (found.tokenType === token.ForeignName) return readAs(token.Name, found.image);
  const meaning = meanings.get(found.tokenType);
  if (!meaning) return [found];
  return meaning.as ? readAs(meaning.as, meaning.spell(found.image)) : [];
}

function reported({ tokenType, image }: IToken, span: Span): readonly Diagnostic[] {
  if (tokenType === token.ForeignName) return [messages.at(span, 'DML1005', { found: quote(image) })];
  if (tokenType === OpenText) {
    const fix = replacing('Close the text', span, `${image.trimEnd()}"`);
    return [messages.at(span, 'DML1002', {}, /[,()[\]]/.test(image) ? {} : { fix })];
  }
  const meaning = meanings.get(tokenType);
  if (!meaning) return [];
  const wanted = meaning.spell(image);
  const fix = replacing(wanted ? `Write ${quote(wanted)}` : 'Remove it', span, wanted);
  const advice = meaning.advice ?? `${fix.title}.`;
  const values = { rule: meaning.rule, found: quote(meaning.sign ?? image), advice };
  return [messages.at(span, 'DML1003', values, { fix })];
}

/** `0.25ce`: were it allowed, `0.25e1` would be a number and `0.25 e1` a product. */
const touching = (tokens: readonly IToken[]): readonly (readonly [IToken, IToken])[] =>
  tokens
    .map((number, i) => [number, tokens[i + 1]!] as const)
    .filter(
      ([number, name]) =>
        numbers.has(number.tokenType) &&
        name?.tokenType === token.Name &&
        token.endOf(number) === name.startOffset,
    );

function touched(number: IToken, name: IToken, span: Span): Diagnostic {
  const wanted = `${number.image} ${name.image}`;
  return messages.at(
    span,
    'DML1004',
    { found: quote(number.image + name.image), wanted: quote(wanted) },
    { fix: replacing(`Write ${quote(wanted)}`, span, wanted) },
  );
}

function commentOf(comment: IToken, span: Span): Comment {
  const { source, start } = span;
  const doc = /^##(?!#)/.test(comment.image);
  return {
    text: comment.image
      .slice(doc ? 2 : 1)
      .replace(/^ /, '')
      .trimEnd(),
    doc,
    ownLine: source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '',
    span,
  };
}
