import type { LabelMap } from './step.ts';

/**
 * Share of the raters that chose each class: all count alike.
 *
 * @param raters [class, pixel] each
 * @returns [class, pixel]; over classes it sums to 1 if those of every rater do
 * @labels soft
 * @gives soft
 * @formula y = \frac{1}{R} \sum_{r=1}^{R} m_r
 * @example raters |> average
 */
export function average(raters: readonly LabelMap[]): LabelMap {
  return raters[0]!.map((_, i) => {
    let sum = 0;
    for (const rater of raters) sum += rater[i]!;
    // Divided, not multiplied by 1/R: 7 raters of 10 give 0.7 exactly, which a metric may compare with 0.7.
    return sum / raters.length;
  });
}
