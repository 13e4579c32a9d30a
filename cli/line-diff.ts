import type { Colors } from './terminal.ts';

/** Lines shown around a change. */
const around = 3;

interface Line {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

/** The lines that differ between two texts as a unified diff; empty if none do. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const lines = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines).map((hunk) => printHunk(lines, hunk));
  return `--- ${file}\n+++ ${file}\n${hunks.join('')}`;
}

/** For the terminal. */
export function paintDiff(diff: string, { green, red, bold }: Colors): string {
  const paint: Readonly<Record<string, (text: string) => string>> = { '+': green, '-': red, '@': bold };
  return diff.replace(/^[+@-].*$/gm, (line) => paint[line[0]!]!(line));
}

/** Without their ends; a last line that has none says so, as `patch` wants it. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last === '' || last === undefined ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

/** Longest common subsequence: what is not in it was removed or added. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? 1 + lengths[(i + 1) * width + j + 1]!
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push({ kind: ' ', text: before[i]! });
      i++;
      j++;
    } else if (
      j === after.length ||
      (i < before.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    ) {
      lines.push({ kind: '-', text: before[i++]! });
    } else lines.push({ kind: '+', text: after[j++]! });
  }
  return lines;
}

type Hunk = readonly [from: number, to: number];

/** Ranges of lines around changes, those that touch joined. */
function hunksOf(lines: readonly Line[]): Hunk[] {
  const hunks: [number, number][] = [];
  for (const [i, { kind }] of lines.entries()) {
    if (kind === ' ') continue;
    const [from, to] = [Math.max(0, i - around), Math.min(lines.length, i + around + 1)];
    const last = hunks.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}

function printHunk(lines: readonly Line[], [from, to]: Hunk): string {
  const count = (part: readonly Line[], without: Line['kind']) =>
    part.filter(({ kind }) => kind !== without).length;
  const range = (without: Line['kind']) =>
    `${count(lines.slice(0, from), without) + 1},${count(lines.slice(from, to), without)}`;
  const body = lines.slice(from, to).map(({ kind, text }) => `${kind}${text}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}
