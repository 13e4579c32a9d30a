import { majority } from './majority.ts';
import type { LabelContext, LabelMap } from './step.ts';

/**
 * Dice score of each rater's mask with the majority over kept pixels, the mean over all classes but the background.
 * Two masks without the class have 1. A score of 0 becomes 1: so the official code gives a rater who overlaps with
 * nobody full weight.
 *
 * @param raters [class, pixel] each
 * @returns [rater], above 0
 */
export function diceWithMajority(raters: readonly LabelMap[], context: LabelContext): readonly number[] {
  const voted = majority(raters, context);
  return raters.map((rater) => {
    let sum = 0;
    for (let c = 1; c < context.classes; c++) sum += diceOf(rater, voted, c, context);
    return sum / (context.classes - 1) || 1;
  });
}

function diceOf(x: LabelMap, y: LabelMap, c: number, { classes, keep }: LabelContext): number {
  const pixels = x.length / classes;
  let [both, sum] = [0, 0];
  for (let i = 0; i < pixels; i++) {
    if (!keep[i]) continue;
    const [a, b] = [x[c * pixels + i]!, y[c * pixels + i]!];
    both += a * b;
    sum += a + b;
  }
  return sum === 0 ? 1 : (2 * both) / sum;
}
