import path from 'node:path';
import { expect, test } from 'vitest';
import { printFacts, printTable } from '../../cli/table.ts';
import { expectGolden } from '../golden.ts';

const golden = (name: string) => path.join(import.meta.dirname, 'golden', name);

test('columns of numbers are aligned to the right, others to the left, and heads may have two lines', () => {
  const table = printTable({
    head: ['arm', 'loss', 'dice\nmajority', 'ece\naverage'],
    rows: [
      ['1', '0.25 ce + 0.75 sdl', '90.8 ± 0.3', '12.4'],
      ['12', 'dml1', '9.1', '–'],
    ],
  });
  expectGolden(golden('table.txt'), table);
});

test('a cell that is missing is shown as a dash', () => {
  expect(printTable({ head: ['a', 'b'], rows: [['x']] })).toBe('a  b\n────\nx  –\n');
});

test('a table without rows is its head', () => {
  expect(printTable({ head: ['metric', '%'], rows: [] })).toBe('metric  %\n─────────\n');
});

test('facts are aligned by their names', () => {
  expect(
    printFacts([
      ['node', 'v20'],
      ['engine', 'native'],
    ]),
  ).toBe('node    v20\nengine  native\n');
});
