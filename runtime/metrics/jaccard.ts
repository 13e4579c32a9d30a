import type { Counts } from './counts.ts';
import type { Metric } from './metric.ts';
import { type OverlapOptions, overlapMetric } from './overlap.ts';

/**
 * Jaccard index, intersection over union: TP / (TP + FP + FN), a fraction. Each side takes the class of its largest
 * value (of a soft truth, too), the lower class on ties. Without options it is the foreground of a case, all slices
 * pooled, then the plain mean over the cases; with several foreground classes it is their mean.
 *
 * 0/0, a class on neither side, is 1 (`empty`). What has no pixel that counts has no value.
 *
 * @truth hard
 * @formula \mathrm{IoU} = \frac{TP}{TP + FP + FN}
 * @example jaccard(by: data, classes: all)
 * @source official code of the Dice semimetric losses
 */
export function jaccard({
  by = 'case',
  classes = 'foreground',
  active = 'auto',
  worst = 1,
  empty = 'one',
}: OverlapOptions = {}): Metric<readonly Counts[]> {
  return overlapMetric({ by, classes, active, worst, empty, ratio: jaccardRatio });
}

function jaccardRatio(hit: number, truth: number, predicted: number): number | undefined {
  const union = truth + predicted - hit;
  return union === 0 ? undefined : hit / union;
}
