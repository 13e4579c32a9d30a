import { describe, expect, test } from 'vitest';
import { ace } from '../../../runtime/metrics/ace.ts';
import { ece } from '../../../runtime/metrics/ece.ts';
import { sce } from '../../../runtime/metrics/sce.ts';
import { binary, scoreOf, stacked } from '../../support/scored.ts';

describe('ece', () => {
  test('puts a confidence that equals an edge into the upper bin, and 1 into the last', () => {
    // Both in the bin [0.6, 0.7): their gaps cancel. In bins of their own they would not.
    expect(scoreOf(ece(), binary([0.6, 0.65], [1, 0]))).toBeCloseTo(Math.abs(0.4 - 0.65) / 2, 12);
    // 0.6 · 5 rounds to 3, so does 0.6 / 0.2: the edge 3/5 decides.
    expect(scoreOf(ece({ bins: 5 }), binary([0.6, 0.59], [1, 0]))).toBeCloseTo((0.4 + 0.59) / 2, 12);
    expect(scoreOf(ece(), binary([1], [1]))).toBe(0);
  });

  test('takes as a hit of a soft truth what it has of the predicted class', () => {
    expect(scoreOf(ece(), binary([0.8], [0.3]))).toBeCloseTo(0.5, 12);
  });

  test('fills its bins by case, by image, or from all cases', () => {
    const images = [binary([0.8], [1]), binary([0.8], [0])];
    const stack = stacked(images);
    expect(scoreOf(ece(), ...images)).toBeCloseTo((0.2 + 0.8) / 2, 12);
    expect(scoreOf(ece({ by: 'image' }), stack)).toBeCloseTo((0.2 + 0.8) / 2, 12);
    expect(scoreOf(ece(), stack)).toBeCloseTo(0.3, 12);
    expect(scoreOf(ece({ by: 'data' }), ...images)).toBeCloseTo(0.3, 12);
  });

  test('of the foreground is over the pixels that are predicted as foreground', () => {
    const scored = binary([0.8, 0.3, 0.1], [1, 1, 0]);
    expect(scoreOf(ece({ classes: 'foreground' }), scored)).toBeCloseTo(0.2, 12);
    expect(scoreOf(ece({ classes: [0] }), scored)).toBeCloseTo((0.7 + 0.1) / 2, 12);
  });
});

describe('sce', () => {
  test('takes as a hit a pixel whose label is the class and is predicted, or whose label is the class', () => {
    // One bin: mean probability 0.45; the label of both is the foreground, one is predicted so.
    const scored = binary([0.6, 0.3], [1, 1]);
    expect(scoreOf(sce({ bins: 1 }), scored)).toBeCloseTo(Math.abs(1 / 2 - 0.45), 12);
    expect(scoreOf(sce({ bins: 1, hit: 'label' }), scored)).toBeCloseTo(1 - 0.45, 12);
  });

  test('is of the foreground for two classes, else of all, unless classes are named', () => {
    const two = binary([0.6, 0.3], [1, 1]);
    expect(scoreOf(sce(), two)).toBe(scoreOf(sce({ classes: 'foreground' }), two));
    const three = binary([], [], {
      classes: 3,
      pixels: 1,
      probabilities: [0.2, 0.5, 0.3],
      truth: [0, 1, 0],
      keep: [1],
    });
    expect(scoreOf(sce(), three)).toBeCloseTo((0.2 + 0.5 + 0.3) / 3, 12);
    expect(scoreOf(sce({ classes: 'foreground' }), three)).toBeCloseTo((0.5 + 0.3) / 2, 12);
    expect(scoreOf(sce({ active: 'truth' }), three)).toBeCloseTo(0.5, 12);
  });

  test('weighs a hit of a soft truth by what it has of the class', () => {
    expect(scoreOf(sce({ hit: 'label' }), binary([0.6, 0.4], [0.6, 0.4]))).toBeCloseTo(0, 12);
    expect(scoreOf(sce(), binary([0.6, 0.4], [0.6, 0.4]))).toBeCloseTo(0.2, 12);
  });
});

describe('ace', () => {
  test('cuts the pixels of a class into bins of equal mass', () => {
    // Two bins of two pixels: |1/2 − 0.15| and |1/2 − 0.85|, the outer hit being on the other side.
    const scored = binary([0.1, 0.9, 0.2, 0.8], [1, 0, 0, 1]);
    expect(scoreOf(ace({ bins: 2 }), scored)).toBeCloseTo((0.35 + 0.35) / 2, 12);
    expect(scoreOf(ace({ bins: 1 }), scored)).toBeCloseTo(0, 12);
    expect(scoreOf(ace({ bins: 4 }), scored)).toBeCloseTo((0.9 + 0.2 + 0.2 + 0.9) / 4, 12);
  });

  test('shares out a pixel that lies on a cut, and equal probabilities, in parts', () => {
    // Bins of 3/2 pixels: (0 + ½·1, 0.2 + ½·0.4), (½·1 + 1, ½·0.4 + 0.9).
    expect(scoreOf(ace({ bins: 2 }), binary([0.2, 0.4, 0.9], [0, 1, 1]))).toBeCloseTo((0.1 + 0.4) / 3, 12);
    // All equal: each bin has the same mean.
    expect(scoreOf(ace({ bins: 3 }), binary([0.3, 0.3, 0.3, 0.3], [1, 0, 0, 0]))).toBeCloseTo(0.05, 12);
  });

  test('can have more bins than pixels', () => {
    expect(scoreOf(ace({ bins: 4 }), binary([0.2, 0.9], [0, 1]))).toBeCloseTo((0.2 + 0.1) / 2, 12);
  });

  test('leaves out what is below the threshold', () => {
    const scored = binary([0.001, 0.002, 0.01, 0.6], [0, 0, 0, 1]);
    expect(scoreOf(ace({ bins: 2, threshold: 0.01 }), scored)).toBeCloseTo((0.01 + 0.4) / 2, 12);
  });

  test('is the mean over classes and cases', () => {
    const scored = binary([0.2, 0.9], [0, 1]);
    expect(scoreOf(ace({ classes: 'all' }), scored)).toBeCloseTo((0.2 + 0.1) / 2, 12);
    expect(scoreOf(ace(), scored, binary([0.5], [1]))).toBeCloseTo((0.15 + 0.5) / 2, 12);
  });
});
