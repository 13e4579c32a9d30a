import type { Value } from '../../compiler/graph/builder.ts';
import { concat } from '../../compiler/graph/operations/concat.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { slice } from '../../compiler/graph/operations/slice.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';

/**
 * Strict majority vote: a pixel is of a class where at least ⌊R/2⌋ + 1 of the R raters say so, and background
 * where no class has that many, ties included.
 *
 * @param labels [rater, class, pixel], one-hot
 * @returns [class, pixel], one-hot
 * @takes raters
 * @labels hard
 * @gives hard
 * @source official code of the Dice semimetric losses
 */
export function majority(labels: Value): Value {
  const [raters, classes, pixels] = labels.shape as [number, number, number];
  const won = greater(sum(labels, [0]), Math.floor(raters / 2));
  const foreground = slice(won, [1, 0], [classes - 1, pixels]);
  return concat([sub(1, sum(foreground, [0], true)), foreground], 0);
}
