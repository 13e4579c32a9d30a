import type { Random } from '../../runtime/random.ts';

/** Characters that files seldom have: control characters, every newline of Unicode, halves of pairs, what looks like ASCII. */
const characters = [
  ...[
    '\0',
    '\u0001',
    '\b',
    '\t',
    '\n',
    '\v',
    '\f',
    '\r',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
  ],
  ...[
    '\ufeff',
    '\ud800',
    '\udfff',
    '\u{1f600}',
    'é',
    'İ',
    'ß',
    '×',
    '−',
    '“',
    '”',
    '…',
    '≤',
    '\u0301',
    '\u202e',
    '０',
  ],
  ...'abcxyzEK019_.,:;=+-*/%|<>()[]{}"\'#\\$@!?&~^` ',
];

/** Words that mean something, or that all objects of JavaScript have. */
const words = [
  ...[
    'dml',
    'use',
    'as',
    'let',
    'dataset',
    'protocol',
    'experiment',
    'sweep',
    'compare',
    'extends',
    'of',
    'vary',
    'in',
  ],
  ...[
    'on',
    'at',
    'then',
    'except',
    'expect',
    'none',
    'all',
    'raters',
    'mask',
    'teacher',
    'labels',
    'distill',
    'unet',
  ],
  ...[
    'ce',
    'dml1',
    'average',
    'majority',
    'kde',
    'sgd',
    'epochs',
    'px',
    'model',
    'loss',
    'data',
    'classes',
    'background',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    'length',
    'name',
    'then',
  ],
  ...[
    '1e309',
    '-0',
    '0',
    '1e-400',
    '9007199254740993',
    '0x10',
    '1_000',
    '00',
    '5%',
    '1/0',
    '2 x 2',
    '1 x 0',
    '1 .. 0',
  ],
  ...[
    '|>',
    '..',
    ':',
    ',',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '+',
    '-',
    '*',
    '/',
    '<',
    '>=',
    '"',
    '""',
    '"./main.dml"',
  ],
];

type Mutation = (text: string, random: Random) => string;

const place = (text: string, random: Random): number => random.integer(text.length + 1);
const stretch = (text: string, random: Random, longest: number): readonly [number, number] => {
  const start = place(text, random);
  return [start, Math.min(text.length, start + random.integer(longest + 1))];
};
const pick = <T>(all: readonly T[], random: Random): T => all[random.integer(all.length)]!;
const replaced = (text: string, [start, end]: readonly [number, number], by: string): string =>
  text.slice(0, start) + by + text.slice(end);

/** The stretches of the tokens, roughly. */
const tokens = (text: string): readonly (readonly [number, number])[] =>
  [...text.matchAll(/\w+|"[^"\n]*"|#[^\n]*|\|>|\.\.|[^\s\w]/g)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);

const onToken =
  (change: (text: string, token: readonly [number, number], random: Random) => string): Mutation =>
  (text, random) => {
    const all = tokens(text);
    return all.length === 0 ? text : change(text, pick(all, random), random);
  };

const mutations: readonly Mutation[] = [
  // A character changed, added, left out.
  (text, random) => replaced(text, stretch(text, random, 1), pick(characters, random)),
  (text, random) => replaced(text, stretch(text, random, 0), pick(characters, random)),
  (text, random) => replaced(text, stretch(text, random, 1), ''),
  // A token changed, added, left out, doubled, exchanged with another.
  onToken((text, token, random) => replaced(text, token, pick(words, random))),
  onToken((text, [start], random) => replaced(text, [start, start], ` ${pick(words, random)} `)),
  onToken((text, token) => replaced(text, token, '')),
  onToken((text, token) => replaced(text, token, `${text.slice(...token)} ${text.slice(...token)}`)),
  onToken((text, token, random) => replaced(text, token, text.slice(...pick(tokens(text), random)))),
  // The end or the start missing, a stretch missing, doubled, many times over, elsewhere.
  (text, random) => text.slice(0, place(text, random)),
  (text, random) => text.slice(place(text, random)),
  (text, random) => replaced(text, stretch(text, random, 80), ''),
  (text, random) => {
    const [start, end] = stretch(text, random, 60);
    const times = random.uniform() < 0.02 ? 400 : 2 + random.integer(6);
    return replaced(text, [start, end], text.slice(start, end).repeat(times));
  },
  (text, random) => {
    const cut = stretch(text, random, 60);
    const at = place(text, random);
    return replaced(text, [at, at], text.slice(...cut));
  },
  // Brackets around a stretch, few or very many.
  (text, random) => {
    const [start, end] = stretch(text, random, 30);
    const depth = random.uniform() < 0.02 ? 5000 : 1 + random.integer(80);
    const [open, close] = pick(
      [
        ['(', ')'],
        ['[', ']'],
        ['{', '}'],
        ['a(', ')'],
        ['-', ''],
      ] as const,
      random,
    );
    const closed = random.uniform() < 0.5 ? close.repeat(depth) : '';
    return replaced(text, [start, end], open.repeat(depth) + text.slice(start, end) + closed);
  },
  // Other ends of lines.
  (text, random) => text.replaceAll('\n', pick(['\r\n', '\r', '\u2028', '\u0085', '\v', ' '], random)),
];

/** A text with one to four things done to it. */
export function mutated(text: string, random: Random): string {
  const times = 1 + random.integer(4);
  let changed = text;
  for (let i = 0; i < times; i++) changed = pick(mutations, random)(changed, random);
  return changed;
}
