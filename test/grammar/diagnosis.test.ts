import fc from 'fast-check';
import { expect, test } from 'vitest';
import { format } from '../../grammar/format.ts';
import { islands } from '../../grammar/islands.ts';
import { lex } from '../../grammar/lexer.ts';
import { parse } from '../../grammar/parser.ts';
import { render, toJson } from '../../grammar/render.ts';
import { positionAt } from '../../grammar/source.ts';
import type { SyntaxTree } from '../../grammar/syntax.ts';
import { corpus, corpusTokens } from './corpus.ts';

/** Where statements, blocks and closing braces start in a tree. */
function startsIn({ version, declarations }: SyntaxTree): readonly number[] {
  const starts = declarations.flatMap((declaration) =>
    declaration.kind === 'block'
      ? [
          declaration.span.start,
          ...declaration.statements.map(({ span }) => span.start),
          declaration.span.end - 1,
        ]
      : [declaration.span.start],
  );
  return version ? [version.span.start, ...starts] : starts;
}

const blank = fc.constantFrom(' ', '\n', '\n\n    ');
const folded = fc
  .constantFrom(...corpusTokens)
  .chain((tokens) => fc.tuple(...tokens.map((image) => blank.map((between) => image + between))))
  .map((parts) => parts.join(''));

test('files without errors are cut exactly where statements start, wherever lines end', () => {
  fc.assert(
    fc.property(folded, (text) => {
      const source = { path: 'folded', text };
      const cuts = islands(lex(source).tokens).map(({ tokens }) => tokens[0]?.startOffset);
      expect(cuts).toEqual(startsIn(parse(source).value!));
    }),
    { numRuns: 60 },
  );
});

/** Damages every token of a file in turn and counts what is said about it. */
function damaged(damage: (image: string) => string) {
  const reports = corpus.flatMap(({ path, text }) =>
    lex({ path, text }).tokens.map((token) => {
      const [start, end] = [token.startOffset, token.startOffset + token.image.length];
      const source = { path, text: text.slice(0, start) + damage(token.image) + text.slice(end) };
      const { diagnostics } = parse(source);
      const line = positionAt({ path, text }, start).line;
      const near = diagnostics.some(({ span }) => Math.abs(positionAt(source, span.start).line - line) <= 1);
      return { messages: diagnostics.length, near };
    }),
  );
  const errors = reports.filter(({ messages }) => messages > 0);
  return {
    errors: errors.length,
    single: errors.filter(({ messages }) => messages === 1).length / errors.length,
    near: errors.filter(({ near }) => near).length / errors.length,
  };
}

test('a token that is missing gives one message, at its line or the next', () => {
  const { errors, single, near } = damaged(() => ' ');
  expect(errors).toBeGreaterThan(300);
  expect(single).toBeGreaterThan(0.97);
  expect(near).toBeGreaterThan(0.9);
});

test('a token that is written twice gives one message, at its line or the next', () => {
  const { errors, single, near } = damaged((image) => `${image} ${image}`);
  expect(errors).toBeGreaterThan(300);
  expect(single).toBeGreaterThan(0.98);
  expect(near).toBeGreaterThan(0.98);
});

const tokens = [
  ...['dml', '1', 'use', 'let', 'as', 'extends', 'of', 'vary', 'in', 'on', 'at', 'then', 'a', 'experiment'],
  ...['"x"', '"x', '2.5', '3 x 4', '5%', '1/2', '|>', '..', '.', ':', ',', '(', ')', '[', ']', '{', '}'],
  ...['<', '>=', '=', '+', '-', '*', '/', '%', '|', '×', '“x”', '//', ';', '…', '@', 'größe', '# c\n', '\n'],
];
const nonsense = fc
  .array(fc.tuple(fc.constantFrom(...tokens), fc.constantFrom(' ', '\n', '')), { maxLength: 40 })
  .map((parts) => parts.flat().join(''));

test('nonsense is diagnosed without a crash, inside of the file, and never in silence', () => {
  fc.assert(
    fc.property(fc.oneof(nonsense, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
      const source = { path: 'nonsense.dml', text };
      const { value, diagnostics } = parse(source);
      for (const { span } of diagnostics) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
      expect(render(diagnostics, { colour: false })).not.toContain('undefined');
      expect(diagnostics.map(toJson)).toHaveLength(diagnostics.length);
      if (diagnostics.length === 0)
        expect(parse({ path: 'again', text: format(value!) }).diagnostics).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('what could be read of a faulty file is in its tree, and the names of the rest', () => {
  const text = `dml 1
use "./a.dml
let mix = 0.5 ce +
experiment a extends b, c {
  data: kidney
  loss: 0.5 ce + + dml1
  batch 8
}
sweep s of a {
  vary labels [voted]
  let w in
}
`;
  const { value } = parse({ path: 'a.dml', text });
  expect(value?.version?.value).toBe(1);
  expect(value?.declarations).toMatchObject([
    { kind: 'use', path: { value: './a.dml' } },
    { kind: 'let', name: { text: 'mix' }, value: { kind: 'unreadable' } },
    {
      kind: 'block',
      name: { text: 'a' },
      parent: { path: [{ text: 'b' }] },
      statements: [
        { kind: 'field', target: { path: [{ text: 'data' }] }, values: [{ kind: 'name' }] },
        { kind: 'field', target: { path: [{ text: 'loss' }] }, values: [{ kind: 'unreadable' }] },
        { kind: 'field', target: { path: [{ text: 'batch' }] }, values: [{ kind: 'number', value: 8 }] },
      ],
    },
    {
      kind: 'block',
      bases: [{ path: [{ text: 'a' }] }],
      statements: [
        { kind: 'vary', targets: [{ path: [{ text: 'labels' }] }], values: { kind: 'list' } },
        { kind: 'factor', name: { text: 'w' }, values: { kind: 'unreadable' } },
      ],
    },
  ]);
});
