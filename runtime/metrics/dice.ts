import type { Counts } from './counts.ts';
import type { Metric } from './metric.ts';
import { type OverlapOptions, overlapMetric } from './overlap.ts';

/**
 * Dice score: 2TP / (2TP + FP + FN), a fraction. Each side takes the class of its largest value (of a soft truth, too),
 * the lower class on ties. Without options it is the medical protocol: the foreground of a case, all slices pooled, then
 * the plain mean over the cases; with several foreground classes it is their mean.
 *
 * 0/0, a class on neither side, is 1 (`empty`). What has no pixel that counts has no value.
 *
 * @truth hard
 * @formula \mathrm{Dice} = \frac{2\,TP}{2\,TP + FP + FN}
 * @example dice(by: image, worst: 10%)
 * @source official code of the Dice semimetric losses, medical protocol
 */
export function dice({
  by = 'case',
  classes = 'foreground',
  active = 'auto',
  worst = 1,
  empty = 'one',
}: OverlapOptions = {}): Metric<readonly Counts[]> {
  return overlapMetric({ by, classes, active, worst, empty, ratio: diceRatio });
}

/** Dice from pixel counts. */
export function diceRatio(hit: number, truth: number, predicted: number): number | undefined {
  return truth + predicted === 0 ? undefined : (2 * hit) / (truth + predicted);
}
