import type { TextEdit } from 'vscode-languageserver';
import { newerVersion } from '../../compiler/check/version.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import type { Source } from '../../grammar/source.ts';
import { rangesOf } from './ranges.ts';

/**
 * The change that brings a file into the canonical layout: of the lines between the first and the last that differ, so
 * that the cursor stays where it is elsewhere. None for a file with errors of syntax,
 * or of a newer version of the language.
 */
export function formatting(source: Source): readonly TextEdit[] {
  const { value: tree, diagnostics } = parse(source);
  const isBroken = [...newerVersion(tree?.version), ...diagnostics].some(
    ({ severity }) => severity === 'error',
  );
  if (!tree || isBroken) return [];
  const before = source.text;
  const after = format(tree);
  if (before === after) return [];
  const start = lineStart(before, sharedLength(before, after));
  const rest = Math.min(before.length, after.length) - start;
  const tail = Math.min(rest, sharedEnd(before, after));
  const span = { start, end: before.length - tail };
  return [{ range: rangesOf(source)(span), newText: after.slice(start, after.length - tail) }];
}

const sharedLength = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
};

const sharedEnd = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
};

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
