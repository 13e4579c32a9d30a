import { expect, test } from 'vitest';
import { parseTarget } from '../../cli/target.ts';

test.each([
  ['a.dml', { file: 'a.dml', name: undefined }],
  ['a.dml#big', { file: 'a.dml', name: 'big', arm: undefined }],
  ['x/a.dml#small/5', { file: 'x/a.dml', name: 'small', arm: 5 }],
  ['a.dml#small/5/fold2/seed0', { name: 'small', arm: 5, fold: 2, seed: 0 }],
  ['a.dml#big/fold2', { name: 'big', arm: undefined, fold: 2, seed: undefined }],
  ['c#/a.dml#big', { file: 'c#/a.dml', name: 'big' }],
])('%s names a file and what is in it', (text, expected) => {
  expect(parseTarget(text)).toMatchObject(expected);
});

test.each(['a.dml#', 'a.dml#two words', 'a.dml#x/first', 'a.dml#x/seed0/fold1'])('%s is refused', (text) => {
  expect(() => parseTarget(text)).toThrow('does not name an experiment');
});
