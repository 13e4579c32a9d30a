import type { Counts } from './counts.ts';
import type { Metric } from './metric.ts';
import { type OverlapOptions, overlapMetric, overlapScore } from './overlap.ts';
import { selectClasses } from './selection.ts';

export interface AccuracyOptions extends OverlapOptions {
  /** `pixels`: the share of all pixels of the classes that are right; `classes`: that of each class, then their mean. */
  average?: 'pixels' | 'classes';
}

/**
 * Share of the pixels that are predicted right, a fraction. Of one class it is its recall, TP / (TP + FN); averaged over
 * `classes` it is the mean recall, known as mAcc or balanced accuracy. By class it is averaged so in any case. Each side
 * takes the class of its largest value (of a soft truth, too), the lower class on ties.
 *
 * 0/0: what has no pixel of the classes on either side is left out of the mean (`empty`). A class that is in the
 * prediction alone has no recall: where `active` lets it count, a mean with it is undefined, unless `empty` is `skip`.
 *
 * @truth hard
 * @formula \mathrm{Acc} = \frac{\sum_c TP_c}{\sum_c (TP_c + FN_c)},\quad \mathrm{mAcc} = \frac{1}{C} \sum_c \frac{TP_c}{TP_c + FN_c}
 * @example accuracy(classes, by: data)
 * @source official code of the Dice semimetric losses
 */
export function accuracy({
  average = 'pixels',
  by = 'case',
  classes = 'all',
  active = 'truth',
  worst = 1,
  empty = 'skip',
}: AccuracyOptions = {}): Metric<readonly Counts[]> {
  const rule = { by, classes, active, worst, empty, ratio: recall };
  const perClass = overlapMetric(rule);
  if (average === 'classes' || by === 'class') return perClass;
  return {
    ...perClass,
    value: (parts) =>
      overlapScore(
        { ...rule, classes: 'all' },
        parts.flat().map((counts) => pooled(counts, selectClasses(classes, counts.truth.length))),
      ),
  };
}

const recall = (hit: number, truth: number) => (truth === 0 ? undefined : hit / truth);

/** Some classes as one. */
function pooled(counts: Counts, classes: readonly number[]): Counts {
  const sum = (side: keyof Counts) => [classes.reduce((total, c) => total + counts[side][c]!, 0)];
  return { hit: sum('hit'), truth: sum('truth'), predicted: sum('predicted') };
}
