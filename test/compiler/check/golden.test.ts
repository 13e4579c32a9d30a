import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../compiler/check/check.ts';
import { render } from '../../../grammar/render.ts';
import { expectGolden, goldenCases } from '../../golden.ts';
import { registry } from './components.ts';

const folder = path.join(import.meta.dirname, 'golden');

test.each(goldenCases(folder))('%s: what is said about the file', (name) => {
  const read = (file: string) => {
    const full = path.join(folder, name, file);
    return existsSync(full) ? { path: file, text: readFileSync(full, 'utf8') } : undefined;
  };
  const { value, diagnostics } = check(read('input.dml')!, { registry, read });
  expect(value).toBeUndefined();
  expectGolden(path.join(folder, name, 'expected.txt'), render(diagnostics, { colour: false }));
});

test.each([
  ['ten-errors', 13],
  ['faults-in-every-block', 17],
  ['paths-into-faults', 11],
])('%s: %i independent faults give as many messages, in the order of the text', (name, faults) => {
  const expected = readFileSync(path.join(folder, name, 'expected.txt'), 'utf8');
  expect(expected.match(/^error\[DML\d+\]/gm)).toHaveLength(faults);
  const lines = [...expected.matchAll(/--> input.dml:(\d+):/g)].map((match) => Number(match[1]));
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});
