import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../cli/line-diff.ts';

test('equal texts have no difference', () => {
  expect(unifiedDiff('a\nb\n', 'a\nb\n', 'x')).toBe('');
});

test('a change stands between three lines on each side', () => {
  const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
  expect(unifiedDiff(before, before.replace('5', 'five'), 'x.dml')).toBe(
    '--- x.dml\n+++ x.dml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  );
});

test('a last line without an end is told apart from one with it', () => {
  expect(unifiedDiff('a', 'a\n', 'x')).toBe(
    '--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n',
  );
});

test('applied to the one text it gives the other', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(apply(before, unifiedDiff(before, after, 'x'))).toBe(after);
    }),
  );
});

test.each([
  ['all lines of many are others', 'a', 'b'],
  ['there were none', '', 'b'],
  ['none are left', 'a', ''],
])('of ten thousand lines, where %s', (_, old, fresh) => {
  const textOf = (word: string) =>
    word ? Array.from({ length: 10_000 }, (_, i) => `${word}${i}\n`).join('') : '';
  const [before, after] = [textOf(old), textOf(fresh)];
  expect(apply(before, unifiedDiff(before, after, 'x'))).toBe(after);
});

/** What `patch` does, without any tolerance: every line of context must be where the hunk says. */
function apply(text: string, diff: string): string {
  const lines = text.split('\n').slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const hunk = /^@@ -(\d+),/.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - 1;
      result.push(...lines.slice(at, start));
      at = start;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(lines[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...lines.slice(at)].map((line) => `${line}\n`).join('');
}
