import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dml, root } from '../support/dml.ts';

const text = readFileSync(path.join(root, 'docs/arrays.md'), 'utf8');
const blocks = [...text.matchAll(/^```jsonl (\w+)\n([\s\S]*?)^```$/gm)].map(
  (match) => [match[1]!, match[2]!] as const,
);

test('the page shows questions for all three commands', () => {
  expect(blocks.map(([command]) => command)).toEqual(['eval', 'labels', 'score']);
});

test.each(blocks)('every question to %s that the page shows has an answer', async (command, lines) => {
  const { out, exit } = await dml([command, '--jsonl', '-'], { input: lines });
  expect(exit, out).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(lines.trim().split('\n').length);
});
