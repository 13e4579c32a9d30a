import type { LabelContext, LabelMap } from './step.ts';

/**
 * Strict majority vote: a pixel is of a class where at least ⌊R/2⌋ + 1 of the R raters say so, and background
 * where no class has that many, ties included. Of soft masks it counts the shares: more than R/2 in sum.
 *
 * @param raters one-hot [class, pixel] each
 * @returns one-hot [class, pixel]
 * @labels hard
 * @gives hard
 * @formula y_c = \left[\sum_{r=1}^{R} m_{r,c} \geq \lfloor R/2 \rfloor + 1\right] \text{ for } c \geq 1, \quad y_0 = 1 - \sum_{c \geq 1} y_c
 * @example raters |> majority
 * @source official code of the Dice semimetric losses
 */
export function majority(raters: readonly LabelMap[], { classes }: Pick<LabelContext, 'classes'>): LabelMap {
  const pixels = raters[0]!.length / classes;
  const voted = new Float64Array(classes * pixels).fill(1, 0, pixels);
  for (let i = pixels; i < voted.length; i++) {
    let count = 0;
    for (const rater of raters) count += rater[i]!;
    if (count <= raters.length / 2) continue;
    voted[i] = 1;
    voted[i % pixels] = 0;
  }
  return voted;
}
