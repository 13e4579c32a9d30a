import { describe, expect, test } from 'vitest';
import { brier } from '../../../runtime/metrics/brier.ts';
import { nll } from '../../../runtime/metrics/nll.ts';
import { binary, scoreOf, stacked } from '../../support/scored.ts';

describe('brier', () => {
  test('sums the squares over the classes, so that it is at most 2', () => {
    expect(scoreOf(brier(), binary([0.8, 0.5], [1, 0]))).toBeCloseTo((2 * 0.04 + 2 * 0.25) / 2, 12);
    expect(scoreOf(brier(), binary([1], [0]))).toBe(2);
    expect(scoreOf(brier({ classes: 'foreground' }), binary([0.8], [1]))).toBeCloseTo(0.04, 12);
  });

  test('is the squared distance from a soft truth', () => {
    expect(scoreOf(brier({ classes: [1] }), binary([0.8], [0.5]))).toBeCloseTo(0.09, 12);
  });

  test('is a mean over the pixels of a case, an image, or all cases', () => {
    const images = [binary([1, 1], [1, 1]), binary([1, 0], [0, 0], { keep: [1, 0] })];
    const stack = stacked(images);
    expect(scoreOf(brier(), ...images)).toBe(1);
    expect(scoreOf(brier({ by: 'image' }), stack)).toBe(1);
    expect(scoreOf(brier({ by: 'data' }), ...images)).toBeCloseTo(2 / 3, 12);
    expect(scoreOf(brier(), stack)).toBeCloseTo(2 / 3, 12);
  });
});

describe('nll', () => {
  test('is −log of the probability of the true class, in nats', () => {
    expect(scoreOf(nll(), binary([0.8, 0.5], [1, 0]))).toBeCloseTo(-(Math.log(0.8) + Math.log(0.5)) / 2, 12);
  });

  test('is the cross-entropy of a soft truth', () => {
    expect(scoreOf(nll(), binary([0.8], [0.3]))).toBeCloseTo(-0.3 * Math.log(0.8) - 0.7 * Math.log(0.2), 12);
  });

  test('of some classes is their mean over the truth that they have', () => {
    const scored = binary([0.8, 0.4], [1, 0.5]);
    expect(scoreOf(nll({ classes: 'foreground' }), scored)).toBeCloseTo(
      -(Math.log(0.8) + 0.5 * Math.log(0.4)) / 1.5,
      12,
    );
  });

  test('takes a probability of 0 as its floor where the truth has something, and costs nothing elsewhere', () => {
    expect(scoreOf(nll(), binary([0], [1]))).toBeCloseTo(103.616, 3);
    expect(scoreOf(nll({ floor: 1e-3 }), binary([0], [1]))).toBeCloseTo(-Math.log(1e-3), 12);
    expect(scoreOf(nll(), binary([0], [0]))).toBeCloseTo(0, 15);
  });

  test('leaves the smallest number of float32 as it is', () => {
    const least = 2 ** -149;
    const scored = binary([0], [1], { probabilities: Float32Array.from([1, least]) });
    expect(scoreOf(nll(), scored)).toBeCloseTo(149 * Math.log(2), 9);
  });
});
