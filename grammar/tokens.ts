import { createToken, type IToken, type TokenType } from 'chevrotain';

/** A decimal point needs a digit after it, so that `0..255` is a range. */
export const digits = String.raw`\d+(?:\.\d+)?`;

export const Text = createToken({ name: 'Text', pattern: /"[^"\r\n]*"/, label: 'a text' });
/** One token, so that `x` stays a free name. */
export const Size = createToken({
  name: 'Size',
  pattern: new RegExp(String.raw`${digits}(?: *x *${digits})+(?!\w|\.\d)`),
  label: 'a size',
});
export const Numeral = createToken({
  name: 'Numeral',
  pattern: /\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+|[kM](?!\w))?/,
  label: 'a number',
});
export const Flow = createToken({ name: 'Flow', pattern: '|>', label: '`|>`' });
export const Dots = createToken({ name: 'Dots', pattern: '..', label: '`..`' });
export const Dot = createToken({ name: 'Dot', pattern: '.', label: '`.`' });
export const Colon = createToken({ name: 'Colon', pattern: ':', label: '`:`' });
export const Comma = createToken({ name: 'Comma', pattern: ',', label: '`,`' });
export const LeftParenthesis = createToken({ name: 'LeftParenthesis', pattern: '(', label: '`(`' });
export const RightParenthesis = createToken({ name: 'RightParenthesis', pattern: ')', label: '`)`' });
export const LeftBracket = createToken({ name: 'LeftBracket', pattern: '[', label: '`[`' });
export const RightBracket = createToken({ name: 'RightBracket', pattern: ']', label: '`]`' });
export const LeftBrace = createToken({ name: 'LeftBrace', pattern: '{', label: '`{`' });
export const RightBrace = createToken({ name: 'RightBrace', pattern: '}', label: '`}`' });
export const Compare = createToken({ name: 'Compare', pattern: /[<>]=?/, label: 'a comparison' });
export const Equals = createToken({ name: 'Equals', pattern: '=', label: '`=`' });
export const Plus = createToken({ name: 'Plus', pattern: '+', label: '`+`' });
export const Minus = createToken({ name: 'Minus', pattern: '-', label: '`-`' });
export const Star = createToken({ name: 'Star', pattern: '*', label: '`*`' });
export const Slash = createToken({ name: 'Slash', pattern: '/', label: '`/`' });
export const Percent = createToken({ name: 'Percent', pattern: '%', label: '`%`' });

/** A name with letters that names do not have. */
export const ForeignName = createToken({
  name: 'ForeignName',
  pattern: /\w*[ªµÀ-ÖØ-öø-\u1fff][\wªµÀ-ÖØ-öø-\u1fff]*/,
});
export const Name = createToken({
  name: 'Name',
  pattern: /[A-Za-z_]\w*/,
  label: 'a name',
  longer_alt: ForeignName,
});

const reserved = (word: string) =>
  createToken({
    name: word[0]?.toUpperCase() + word.slice(1),
    pattern: word,
    label: `\`${word}\``,
    longer_alt: [Name, ForeignName],
  });
export const Let = reserved('let');
export const Use = reserved('use');
export const As = reserved('as');
export const Extends = reserved('extends');
export const Of = reserved('of');
export const Vary = reserved('vary');
export const In = reserved('in');
export const On = reserved('on');
export const At = reserved('at');
export const Then = reserved('then');
export const reservedWords = new Set([Let, Use, As, Extends, Of, Vary, In, On, At, Then]);

/** What the parser sees. */
export const vocabulary: TokenType[] = [
  ...[Text, Size, Numeral, Flow, Dots, Dot, Colon, Comma],
  ...[LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, LeftBrace, RightBrace],
  ...[Compare, Equals, Plus, Minus, Star, Slash, Percent],
  ...reservedWords,
  Name,
];

/** Offset after the last character. */
export const endOf = (token: IToken): number => (token.endOffset ?? Number.NaN) + 1;
