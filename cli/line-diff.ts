import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch } from 'diff';
import type { Colors } from './terminal.ts';

/** Lines shown around a change. */
const context = 3;

/** So many lines differ only where nearly all do, and finding which of them do not would take minutes. */
const maxEditLength = 2000;

/** The lines that differ between two texts as a unified diff; empty if none do. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const patch =
    structuredPatch(file, file, before, after, undefined, undefined, { context, maxEditLength }) ??
    wholePatch(before, after, file);
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** Every line is removed, and every line added. */
function wholePatch(before: string, after: string, file: string): StructuredPatch {
  const removed = structuredPatch(file, file, before, '');
  const added = structuredPatch(file, file, '', after);
  const [old, fresh] = [removed.hunks[0], added.hunks[0]];
  if (!old || !fresh) return old ? removed : added;
  const { newStart, newLines } = fresh;
  return { ...removed, hunks: [{ ...old, newStart, newLines, lines: [...old.lines, ...fresh.lines] }] };
}

/** For the terminal. */
export function paintDiff(diff: string, { green, red, bold }: Colors): string {
  const paint: Readonly<Record<string, (text: string) => string>> = { '+': green, '-': red, '@': bold };
  return diff.replace(/^[+@-].*$/gm, (line) => paint[line[0]!]!(line));
}
