import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { foldingIn, linksIn, selectionAt } from '../../editors/server/structure.ts';
import { viewAt, workspaceWith } from '../support/view.ts';

const text = `dml 1
use "./sets.dml"
use "./gone.dml"
# One
# comment.
dataset d {
  source: folder(
    "a",
    images: "b"
  )
}
experiment a { loss: 0.5 (ce + dm‸l1) }
`;
const files = { 'sets.dml': 'dml 1\n' };

test('brackets over several lines and comments below one another can be folded', () => {
  expect(foldingIn(viewAt(text, files).view)).toEqual([
    { startLine: 6, endLine: 8 },
    { startLine: 5, endLine: 9 },
    { startLine: 3, endLine: 4, kind: 'comment' },
  ]);
});

test('a selection grows from the word to the expression, the statement, the block and the file', () => {
  const { view, offset } = viewAt(text, files);
  const lines = view.source.text.split('\n');
  const shown: string[] = [];
  for (let each: SelectionRange | undefined = selectionAt(view, offset); each; each = each.parent) {
    const { start, end } = each.range;
    shown.push(
      start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : 'more lines',
    );
  }
  expect(shown).toEqual([
    'dml1',
    'ce + dml1',
    '(ce + dml1)',
    '0.5 (ce + dml1)',
    'loss: 0.5 (ce + dml1)',
    'experiment a { loss: 0.5 (ce + dml1) }',
    'more lines',
  ]);
});

test('a used file that is there is a link', () => {
  expect(linksIn(viewAt(text, files).view, workspaceWith(files))).toEqual([
    {
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 16 } },
      target: 'file:///study/sets.dml',
    },
  ]);
});
