import type { TextEdit } from 'vscode-languageserver';
import type { Source } from '../../grammar/source.ts';
import { rangesOf } from './ranges.ts';
import { sharedEnd, sharedStart } from './shared.ts';

/**
 * The change that makes one text of another: of the lines between the first and the last that differ, so that the cursor
 * stays where it is elsewhere. None where nothing differs.
 */
export function changesTo(after: string, source: Source): readonly TextEdit[] {
  const before = source.text;
  if (before === after) return [];
  const start = lineStart(before, sharedStart(before, after));
  const rest = Math.min(before.length, after.length) - start;
  const tail = Math.min(rest, sharedEnd(before, after));
  const span = { start, end: before.length - tail };
  return [{ range: rangesOf(source)(span), newText: after.slice(start, after.length - tail) }];
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
