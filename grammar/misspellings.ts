import { createToken, type TokenType } from 'chevrotain';
import * as token from './tokens.ts';

/** A spelling from elsewhere with one clear meaning: it is reported, and read as what it stands for. */
export interface Misspelling {
  readonly token: TokenType;
  /** What it is read as; absent where it is read over. */
  readonly as?: TokenType;
  /** The right spelling. */
  readonly spell: (image: string) => string;
  /** The rule that it breaks, a sentence without its full stop. */
  readonly rule: string;
  /** What is shown of it; all of it if absent. */
  readonly sign?: string;
  /** What to do, where that is not said by the right spelling. */
  readonly advice?: string;
}

const quotes = '“”„«»‘’';
const quoted = new RegExp(`[${quotes}][^${quotes}"\\r\\n]*[${quotes}"]|'[^'\\r\\n]*'`);
const crossed = new RegExp(String.raw`${token.digits}(?: *[X×✕] *${token.digits})+(?!\w|\.\d)`);

const make = (name: string, pattern: RegExp, rest: Omit<Misspelling, 'token'>): Misspelling => ({
  token: createToken({ name, pattern }),
  ...rest,
});

/** What some programs end a line with, by what Unicode calls it. */
const lineEnds: Readonly<Record<string, string>> = {
  '\v': 'line tabulation',
  '\f': 'form feed',
  '\u0085': 'next line',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
};
/** For a class of a pattern. */
export const foreignLineEnds = Object.keys(lineEnds).join('');

const codePoint = (letter: string) => `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** In the order in which the lexer tries them. */
export const misspellings: readonly Misspelling[] = [
  ...Object.entries(lineEnds).map(([letter, name]) =>
    make(`LineEnd${codePoint(letter).slice(2)}`, new RegExp(`${letter}+`), {
      spell: () => '\n',
      rule: 'A line ends with a line feed',
      sign: `${codePoint(letter)} (${name})`,
      advice: 'Save the file with the line ends of Unix or Windows.',
    }),
  ),
  make('ForeignText', quoted, {
    as: token.Text,
    spell: (image) => `"${image.slice(1, -1)}"`,
    rule: 'Text is written in straight double quotes',
  }),
  make('ForeignSize', crossed, {
    as: token.Size,
    spell: (image) => image.split(/ *[X×✕] */).join(' x '),
    rule: 'The sides of a size are joined by the letter `x`',
  }),
  make('ForeignComment', /\/\/[^\r\n]*/, {
    spell: (image) => `#${image.slice(2)}`,
    rule: 'A comment starts with `#`',
    sign: '//',
  }),
  make('Semicolon', /;/, { spell: () => '', rule: 'A statement needs no sign at its end' }),
  make('Ellipsis', /\.\.\.|…/, {
    as: token.Dots,
    spell: () => '..',
    rule: 'A range is written with `..`',
  }),
  make('BareFraction', /\.\d+(?:[eE][+-]?\d+)?/, {
    as: token.Numeral,
    spell: (image) => `0${image}`,
    rule: 'A number starts with a digit',
  }),
  make('Bar', /\|\|?(?!>)/, { as: token.Flow, spell: () => '|>', rule: 'A pipeline is written with `|>`' }),
  make('Times', /[×·⋅]/, { as: token.Star, spell: () => '*', rule: 'A product is written with `*`' }),
  make('Dash', /[−–—]/, { as: token.Minus, spell: () => '-', rule: 'A minus is written with `-`' }),
  make('AtMost', /≤/, { as: token.Compare, spell: () => '<=', rule: 'At most is written with `<=`' }),
  make('AtLeast', /≥/, { as: token.Compare, spell: () => '>=', rule: 'At least is written with `>=`' }),
];
