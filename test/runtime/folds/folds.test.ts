import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contiguous } from '../../../runtime/folds/contiguous.ts';
import type { Fold } from '../../../runtime/folds/fold.ts';
import { holdout } from '../../../runtime/folds/holdout.ts';
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
    expect(sizes(contiguous(names(n)))).toEqual(expected);
  });

  test('keeps the order of the cases', () => {
    expect(validated(contiguous(names(11), { count: 3 })).flat()).toEqual(names(11));
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
          const folds = shuffled(names(n), { count, seed });
          expect(validated(folds).flat().sort()).toEqual(names(n));
          for (const { train, validation } of folds)
            expect([...train, ...validation].sort()).toEqual(names(n));
        },
      ),
    );
  });

  test('the seed decides the order', () => {
    expect(shuffled(names(30), { seed: 1 })).toEqual(shuffled(names(30), { seed: 1 }));
    expect(shuffled(names(30), { seed: 1 })).not.toEqual(shuffled(names(30), { seed: 2 }));
  });
});

describe('holdout', () => {
  test('holds out the share, rounded to whole cases, in order', () => {
    const [held] = validated(holdout(names(60), { share: 0.2 }));
    expect(held).toHaveLength(12);
    expect(held).toEqual([...held!].sort());
    expect(held).not.toEqual(names(12));
  });

  test('leaves at least one case on either side', () => {
    expect(sizes(holdout(names(3), { share: 0.01 }))).toEqual([1]);
    expect(sizes(holdout(names(3), { share: 0.99 }))).toEqual([2]);
  });
});
