import { describe, expect, test } from 'vitest';
import { accuracy } from '../../../runtime/metrics/accuracy.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { jaccard } from '../../../runtime/metrics/jaccard.ts';
import { binary, labelled, scoreOf, stacked } from '../../support/scored.ts';

/** Three images of two pixels, of three classes: the classes' Dice are (1, –, –), (0, 0, –) and (–, –, 1) where active. */
const images = [
  labelled(3, [0, 0], [0, 0]),
  labelled(3, [1, 1], [0, 0]),
  labelled(3, [2, 2], [2, 2], { keep: [1, 0] }),
];

describe('dice and jaccard', () => {
  test('count TP, FP and FN of the foreground', () => {
    const scored = binary([0.9, 0.9, 0.1, 0.2], [1, 0, 1, 0]);
    expect(scoreOf(dice(), scored)).toBe(2 / 4);
    expect(scoreOf(jaccard(), scored)).toBe(1 / 3);
  });

  test('are the mean over the foreground classes of a case, then over cases', () => {
    const scored = labelled(3, [0, 1, 1, 2], [0, 1, 2, 2]);
    expect(scoreOf(dice(), scored)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
    expect(scoreOf(dice(), scored, labelled(3, [1, 2], [1, 2]))).toBeCloseTo((2 / 3 + 1) / 2, 12);
  });

  test('take the lower class on a tie, and the largest value of a soft truth', () => {
    expect(scoreOf(dice(), binary([0.5], [1]))).toBe(0);
    expect(scoreOf(dice(), binary([0.9], [0.6]))).toBe(1);
    expect(scoreOf(dice(), binary([0.9], [0.5]))).toBe(0);
  });

  test('pool the images of a case, but by image', () => {
    const stack = stacked([labelled(2, [1, 1], [1, 1]), labelled(2, [1, 0], [0, 0])]);
    expect(scoreOf(dice(), stack)).toBe(4 / 5);
    expect(scoreOf(dice({ by: 'image' }), stack)).toBe(1 / 2);
    expect(scoreOf(dice({ by: 'image' }), stack, labelled(2, [1], [1]))).toBeCloseTo(2 / 3, 12);
  });

  test('by data add up the counts of all cases before they divide', () => {
    const cases = [labelled(2, [1, 1, 1], [1, 1, 1]), labelled(2, [1], [0])];
    expect(scoreOf(dice({ by: 'data' }), ...cases)).toBe(6 / 7);
    expect(scoreOf(dice(), ...cases)).toBe(1 / 2);
  });

  test('by class are the mean over the images that have the class, then over the classes', () => {
    const perClass = dice({ by: 'class', classes: 'all', active: 'either', empty: 'skip' });
    expect(scoreOf(perClass, ...images)).toBe((1 / 2 + 0 + 1) / 3);
    expect(perClass.classes!(images.map((one) => perClass.of(one)))).toEqual([
      { class: 0, value: 1 / 2, count: 2, pixels: 4 },
      { class: 1, value: 0, count: 1, pixels: 0 },
      { class: 2, value: 1, count: 1, pixels: 1 },
    ]);
  });

  test('count classes in the truth, on either side, or all', () => {
    const scored = labelled(4, [1, 2], [1, 1]);
    const of = (active: 'truth' | 'either' | 'all') => scoreOf(dice({ active }), scored);
    expect(of('truth')).toBe(2 / 3);
    expect(of('either')).toBe(1 / 3);
    expect(of('all')).toBeCloseTo((2 / 3 + 0 + 1) / 3, 12);
  });

  test('auto counts all classes by case and data, and those on either side by image and class', () => {
    const same = (by: 'case' | 'image' | 'class' | 'data', active: 'either' | 'all') =>
      expect(scoreOf(dice({ by }), ...images)).toBe(scoreOf(dice({ by, active }), ...images));
    same('case', 'all');
    same('data', 'all');
    same('image', 'either');
    same('class', 'either');
  });

  test('take some classes by their numbers, in any order', () => {
    const scored = labelled(3, [0, 1, 1, 2], [0, 1, 0, 0]);
    expect(scoreOf(dice({ classes: [1] }), scored)).toBe(2 / 3);
    expect(scoreOf(dice({ classes: [2, 1] }), scored)).toBe(1 / 3);
    expect(scoreOf(dice({ classes: 'all' }), scored)).toBeCloseTo((1 / 2 + 2 / 3 + 0) / 3, 12);
  });

  test('refuse a class that is not there, and none at all', () => {
    const scored = labelled(3, [0], [0]);
    expect(() => dice({ classes: [3] }).of(scored)).toThrow(/no class 3 in the data/);
    expect(() => dice({ classes: [] }).of(scored)).toThrow(/is an empty list/);
  });
});

describe('the lowest share of the values', () => {
  // Dice 0, 1/2, 2/3 and 1.
  const cases = [
    labelled(2, [1], [1]),
    labelled(2, [1, 1, 1], [1, 0, 0]),
    labelled(2, [0], [1]),
    labelled(2, [1, 1], [1, 0]),
  ];

  test.each([
    [0, 0],
    [0.1, 0],
    [0.49, 0],
    [0.5, 1 / 4],
    [0.75, (1 / 2 + 2 / 3) / 3],
    [1, (1 / 2 + 2 / 3 + 1) / 4],
  ])('of %d holds max(1, ⌊q·n⌋) of them', (worst, expected) => {
    expect(scoreOf(dice({ worst }), ...cases)).toBeCloseTo(expected, 12);
  });

  test('for deciles is the mean over 10, 20 … 100 %', () => {
    const [one, two, three, four] = [0, 1 / 4, (1 / 2 + 2 / 3) / 3, (1 / 2 + 2 / 3 + 1) / 4];
    const expected = (4 * one! + 3 * two! + 2 * three! + four!) / 10;
    expect(scoreOf(dice({ worst: 'deciles' }), ...cases)).toBeCloseTo(expected, 12);
  });

  test('reaches a whole number where it is meant to: 29 % of 100 are 29', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => labelled(2, [Number(i > 27)], [1]));
    expect(scoreOf(dice({ worst: 0.29 }), ...hundred)).toBeCloseTo(1 / 29, 12);
  });

  test('is taken for each class by itself where it is by class', () => {
    const both = cases.map((one) => ({ ...one }));
    const score = scoreOf(dice({ by: 'class', worst: 0, active: 'truth' }), ...both);
    expect(score).toBe(0);
    expect(scoreOf(dice({ by: 'class', worst: 0.5, classes: 'all', active: 'either' }), ...both)).toBeCloseTo(
      // Background: 0 of the second, third and fourth case. Foreground: 0 and 1/2.
      (0 + 1 / 4) / 2,
      12,
    );
  });
});

describe('accuracy', () => {
  const scored = labelled(3, [0, 0, 0, 1, 2], [0, 0, 1, 1, 1]);

  test('is the share of the pixels that are right, or of those that have a class in the truth', () => {
    expect(scoreOf(accuracy(), scored)).toBe(3 / 5);
    expect(scoreOf(accuracy({ classes: 'foreground' }), scored)).toBe(1 / 3);
  });

  test('over classes is the mean of their recalls', () => {
    expect(scoreOf(accuracy({ average: 'classes' }), scored)).toBeCloseTo((1 + 1 / 3) / 2, 12);
  });

  test('by class is averaged over classes in any case', () => {
    const cases = [scored, labelled(3, [1, 1], [1, 2])];
    const byClass = scoreOf(accuracy({ by: 'class' }), ...cases);
    expect(byClass).toBeCloseTo((1 + (1 / 3 + 1) / 2 + 0) / 3, 12);
    expect(scoreOf(accuracy({ by: 'class', average: 'classes' }), ...cases)).toBe(byClass);
  });

  test('tells the recall of each class, whatever it is averaged over', () => {
    const metric = accuracy();
    expect(metric.classes!([metric.of(scored)])).toEqual([
      { class: 0, value: 1, count: 1, pixels: 2 },
      { class: 1, value: 1 / 3, count: 1, pixels: 3 },
      { class: 2, value: undefined, count: 0, pixels: 0 },
    ]);
  });
});
