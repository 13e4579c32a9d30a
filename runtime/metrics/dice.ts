import type { ScoredCase } from './metric.ts';
import { diceOf, largestClass, overForeground } from './overlap.ts';

/**
 * Dice of a case: 2TP / (2TP + FP + FN) of the foreground, all slices pooled, then the plain mean over the cases.
 * Each side takes the class of its largest value (of a soft truth, too), the lower class on ties; with several
 * foreground classes it is their mean. Where a class is on neither side its Dice is 1.
 *
 * @truth hard
 * @source official code of the Dice semimetric losses, medical protocol
 */
export function dice(scored: ScoredCase): number {
  const { classes, pixels, probabilities, truth } = scored;
  return overForeground(classes, (c) =>
    diceOf(
      scored,
      (i) => largestClass(probabilities, classes, pixels, i) === c,
      (i) => largestClass(truth, classes, pixels, i) === c,
    ),
  );
}
