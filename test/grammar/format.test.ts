import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import type { SyntaxTree } from '../../grammar/syntax.ts';
import { expectGolden, goldenCases } from '../golden.ts';
import { commentTexts, corpus, corpusTokens, meaning } from './corpus.ts';

function treeOf(text: string): SyntaxTree {
  const { value, diagnostics } = parse({ path: 'test.dml', text });
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return value!;
}

const root = path.join(import.meta.dirname, 'golden/format');

test.for(goldenCases(root))('the layout of %s', (name) => {
  const text = readFileSync(path.join(root, name, 'input.dml'), 'utf8');
  expectGolden(path.join(root, name, 'expected.dml'), format(treeOf(text)));
});

test.for([...corpus])('$path in its layout stays as it is', ({ text }) => {
  const formatted = format(treeOf(text));
  expect(format(treeOf(formatted))).toBe(formatted);
});

test('a version that is larger than any number stays as it is written', () => {
  expect(format(treeOf('dml   1e309'))).toBe('dml 1e309\n');
});

const shared = path.resolve(import.meta.dirname, '../../../shared/language');

describe.skipIf(!existsSync(shared))('the proposal', () => {
  test.for(existsSync(shared) ? readdirSync(shared) : [])('%s says the same in its layout', (name) => {
    const tree = treeOf(readFileSync(path.join(shared, name), 'utf8'));
    const again = treeOf(format(tree));
    expect(meaning(again)).toEqual(meaning(tree));
    expect(commentTexts(again)).toEqual(commentTexts(tree));
    expect(format(again)).toBe(format(tree));
  });
});

/** What may stand between two tokens of a file. */
const gap = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(' ', '  ', '\n', '\n\n', '\r\n  ') },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `  # behind ${n}\n`) },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `\n# line ${n} {\n`) },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `\n\n## doc ${n}\n# and ${n} more\n\n`) },
);

/** Files of the corpus with other blanks, line ends and comments between their tokens. */
const scattered = fc
  .constantFrom(...corpusTokens)
  .chain((tokens) => fc.tuple(...tokens.map((image) => gap.map((between) => image + between))))
  .map((parts) => parts.join(''));

test('line ends, blanks and comments between tokens change nothing that a file says', () => {
  fc.assert(
    fc.property(scattered, (text) => {
      const tree = treeOf(text);
      const formatted = format(tree);
      const again = treeOf(formatted);
      expect(meaning(again)).toEqual(meaning(tree));
      expect(commentTexts(again)).toEqual(commentTexts(tree));
      expect(format(again)).toBe(formatted);
    }),
    { numRuns: 60 },
  );
});

test('a file of nothing but comments keeps them, an empty one stays empty', () => {
  expect(format(treeOf('\n#one\n\n\n# two'))).toBe('# one\n\n# two\n');
  expect(format(treeOf('\n\n'))).toBe('');
});

test('lines are at most 100 columns long where they may break', () => {
  const long = corpus.find((source) => source.path === 'long-values');
  const lines = format(treeOf(long?.text ?? '')).split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});
