import { describe, expect, test } from 'vitest';
import { lex } from '../../grammar/lexer.ts';

const images = (text: string) => lex({ path: 'test', text }).tokens.map(({ image }) => image);

test.for([
  ['0..255', ['0', '..', '255']],
  ['0.5..2.0', ['0.5', '..', '2.0']],
  ['256x256', ['256x256']],
  ['1.5 x 1.5 x 2 mm', ['1.5 x 1.5 x 2', 'mm']],
  ['2 x', ['2', 'x']],
  ['0.25e1', ['0.25e1']],
  ['0.25 e1', ['0.25', 'e1']],
  ['40k steps', ['40k', 'steps']],
  ['1_000', ['1_000']],
  ['a.b.c', ['a', '.', 'b', '.', 'c']],
  ['lettuce inner only', ['lettuce', 'inner', 'only']],
  ['a|>b', ['a', '|>', 'b']],
  ['a<=b', ['a', '<=', 'b']],
] as const)('%s has the tokens %j', ([text, expected]) => {
  expect(images(text)).toEqual(expected);
});

test('misspelt signs are read as what they stand for, at the place where they were written', () => {
  const { tokens, diagnostics } = lex({ path: 'test', text: '“a” | 2 × 3' });
  expect(tokens.map(({ image, startOffset }) => [image, startOffset])).toEqual([
    ['"a"', 0],
    ['|>', 4],
    ['2 x 3', 6],
  ]);
  expect(diagnostics.map(({ fix }) => fix?.edits[0]?.replacement)).toEqual(['"a"', '|>', '2 x 3']);
});

describe('comments', () => {
  test('keep their text, and whether they document and stand alone', () => {
    const { comments } = lex({ path: 'test', text: '## Doc.  \n  #own\nlet a = b # behind\n###\n' });
    expect(comments.map(({ text, doc, ownLine }) => ({ text, doc, ownLine }))).toEqual([
      { text: 'Doc.', doc: true, ownLine: true },
      { text: 'own', doc: false, ownLine: true },
      { text: 'behind', doc: false, ownLine: false },
      { text: '##', doc: false, ownLine: true },
    ]);
  });
});
