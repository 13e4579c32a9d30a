import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contiguous } from '../../../runtime/folds/contiguous.ts';
import { type Fold, groups } from '../../../runtime/folds/fold.ts';
import { holdout } from '../../../runtime/folds/holdout.ts';
import { listed } from '../../../runtime/folds/listed.ts';
import { shuffled } from '../../../runtime/folds/shuffled.ts';

const names = (n: number) => Array.from({ length: n }, (_, i) => `case${String(i).padStart(3, '0')}`);
const validated = (folds: readonly Fold[]) => folds.map((fold) => fold.validation);
const sizes = (folds: readonly Fold[]) => validated(folds).map((cases) => cases.length);

describe('contiguous', () => {
  test.each([
    ['LiTS', 131, [26, 26, 26, 26, 27]],
    ['KiTS', 210, [42, 42, 42, 42, 42]],
    ['QUBIQ brain growth', 39, [7, 7, 7, 7, 11]],
    ['QUBIQ prostate', 54, [10, 10, 10, 10, 14]],
  ])('cuts %s as the official code does', (_, n, expected) => {
    expect(sizes(contiguous({ cases: names(n) }))).toEqual(expected);
  });

  test('keeps the order of the cases', () => {
    expect(validated(contiguous({ cases: names(11) }, { count: 3 })).flat()).toEqual(names(11));
  });
});

describe('shuffled', () => {
  test('every case is validated exactly once, whatever the seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.nat(1000),
        fc.integer({ min: 2, max: 6 }),
        (n, seed, count) => {
          const folds = shuffled({ cases: names(n) }, { count, seed });
          expect(validated(folds).flat().sort()).toEqual(names(n));
          for (const { train, validation } of folds)
            expect([...train, ...validation].sort()).toEqual(names(n));
        },
      ),
    );
  });

  test('the seed decides the order', () => {
    expect(shuffled({ cases: names(30) }, { seed: 1 })).toEqual(shuffled({ cases: names(30) }, { seed: 1 }));
    expect(shuffled({ cases: names(30) }, { seed: 1 })).not.toEqual(
      shuffled({ cases: names(30) }, { seed: 2 }),
    );
  });
});

describe('holdout', () => {
  test('holds out the share, rounded to whole cases, in order', () => {
    const [held] = validated(holdout({ cases: names(60) }, { share: 0.2 }));
    expect(held).toHaveLength(12);
    expect(held).toEqual([...held!].sort());
    expect(held).not.toEqual(names(12));
  });

  test('leaves at least one case on either side', () => {
    expect(sizes(holdout({ cases: names(3) }, { share: 0.01 }))).toEqual([1]);
    expect(sizes(holdout({ cases: names(3) }, { share: 0.99 }))).toEqual([2]);
  });
});

describe('by: cases that belong together', () => {
  const slices = ['a_1', 'a_2', 'b_1', 'c_1', 'c_2', 'c_3', 'd_1', 'e_1'];
  const subjects = (cases: readonly string[]) => new Set(cases.map((id) => id[0]));

  test.each([
    ['shuffled', shuffled({ cases: slices }, { count: 3, by: '{subject}_*' })],
    ['holdout', holdout({ cases: slices }, { share: 0.4, by: '{subject}_*' })],
  ])('%s never parts the slices of a subject', (_, folds) => {
    for (const { train, validation } of folds) {
      expect([...subjects(train)].filter((subject) => subjects(validation).has(subject))).toEqual([]);
      expect([...train, ...validation].sort()).toEqual(slices);
    }
  });

  test('the count is of subjects', () => {
    expect(subjects(holdout({ cases: slices }, { share: 0.4, by: '{subject}_*' })[0]!.validation).size).toBe(
      2,
    );
  });

  test('without a pattern each case is by itself', () => {
    expect(groups(slices, '')).toEqual(slices.map((id) => [id]));
    expect(groups(slices, '{subject}_*')[0]).toEqual(['a_1', 'a_2']);
  });

  test.each([
    ['{subject}-*', 'The case a_1 is not called as `by` says: `{subject}-*`.'],
    ['a_*', 'names nothing that cases have in common'],
  ])('%s is answered by one message', (pattern, message) => {
    expect(() => groups(slices, pattern)).toThrow(message);
  });
});

describe('listed', () => {
  const cases = ['a', 'b', 'c', 'd'];
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'dml-listed-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  const read = async (content: string) => {
    await writeFile(path.join(root, 'splits.json'), content);
    return listed({ cases, root }, { file: 'splits.json' });
  };

  test('reads what nnU-Net writes; a case that a fold does not list stays out of it', async () => {
    const splits = [
      { train: ['b', 'a'], val: ['c'] },
      { train: ['c', 'd'], validation: ['a', 'b'] },
    ];
    expect(await read(JSON.stringify(splits))).toEqual([
      { train: ['a', 'b'], validation: ['c'] },
      { train: ['c', 'd'], validation: ['a', 'b'] },
    ]);
  });

  test.each([
    ['[{"train": ["a", "b"], "val": ["b"]}]', 'fold 0 trains on b and validates on it'],
    ['[{"train": ["a", "z"], "val": ["b"]}]', 'fold 0 lists a case z, which the data do not have'],
    ['[{"train": ["a"]}]', 'fold 0 has no list of names `val`'],
    ['[{"train": "a", "val": []}]', 'fold 0 has no list of names `train`'],
    ['[null]', 'fold 0 has no list of names `train`'],
    ['{}', 'it holds no list of folds'],
    ['[', 'it is no JSON'],
  ])('%s is answered by one message', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  test('a file that is not there, or above the data root', async () => {
    await expect(listed({ cases, root }, { file: 'none.json' })).rejects.toThrow('there is no such file');
    await expect(listed({ cases, root }, { file: '../x.json' })).rejects.toThrow('leaves the data root');
  });
});
