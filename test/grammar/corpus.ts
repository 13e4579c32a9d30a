import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lex } from '../../grammar/lexer.ts';
import type { Comment, SyntaxTree } from '../../grammar/syntax.ts';
import { goldenCases } from '../golden.ts';

const root = path.join(import.meta.dirname, 'golden/format');

/** Files without errors that show the whole language, in all sorts of layouts. */
export const corpus: readonly { readonly path: string; readonly text: string }[] = goldenCases(root).map(
  (name) => ({
    path: name,
    text: readFileSync(path.join(root, name, 'input.dml'), 'utf8'),
  }),
);

/** Spellings of the tokens of each file of the corpus. */
export const corpusTokens: readonly (readonly string[])[] = corpus.map((source) =>
  lex(source).tokens.map(({ image }) => image),
);

/** What a tree says, without places, comments and parentheses around single expressions. */
export function meaning(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(meaning);
  if (typeof node !== 'object' || node === null) return node;
  if ('kind' in node && node.kind === 'group' && 'inner' in node) return meaning(node.inner);
  const told = Object.entries(node).filter(([key]) => !['span', 'source', 'comments', 'doc'].includes(key));
  return Object.fromEntries(told.map(([key, value]) => [key, meaning(value)]));
}

export const commentTexts = ({ comments }: SyntaxTree): readonly string[] =>
  comments.map(({ doc, text }: Comment) => `${doc ? '##' : '#'} ${text}`).sort();
