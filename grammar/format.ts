import { commentsOf } from './comments.ts';
import { layout } from './layout.ts';
import { type Line, linesOf, type Row, rowsOf, stacked } from './rows.ts';
import type { SyntaxTree } from './syntax.ts';

export { printExpression } from './print.ts';

const width = 100;

/**
 * A file in its canonical layout, which keeps the order of everything, the spelling of numbers, all comments and single
 * empty lines. The tree must be one of a file without errors.
 */
export function format(tree: SyntaxTree): string {
  const { source, version, declarations, comments } = tree;
  const items = version ? [{ kind: 'version', ...version } as const, ...declarations] : declarations;
  const { rows, below } = rowsOf(items, source.text.length, commentsOf(comments));
  const lines = linesOf(rows).flatMap(([first, ...others], i) => [
    { ...first!, blank: i > 0 && isSeparate(rows[i - 1]!, rows[i]!, first!) },
    ...others,
  ]);
  const text = layout(stacked([...lines, ...below]), width);
  return text === '' ? '' : `${text}\n`;
}

/** Declarations stand one empty line apart; uses stand together, so do lets, as far as the file has it so. */
function isSeparate(before: Row, row: Row, first: Line): boolean {
  const kinds = `${before.item.kind} ${row.item.kind}`;
  if (kinds === 'version use' && row.above.length === 0) return false;
  const together = ['use use', 'let let', 'version use'].includes(kinds);
  return together ? first.blank : true;
}
