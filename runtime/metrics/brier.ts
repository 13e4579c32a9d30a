import type { Metric } from './metric.ts';
import { joinRatios, meanRatio, type Ratio } from './ratios.ts';
import { type Classes, selectClasses } from './selection.ts';
import { spansOf } from './spans.ts';

export interface BrierOptions {
  /** What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together. */
  by?: 'case' | 'image' | 'data';
  /** Classes whose squares are summed. @integer @minimum 0 */
  classes?: Classes;
}

/**
 * Brier score: the squared distance of the probabilities from the truth, summed over the classes, its mean over the
 * pixels; without options of each case, then the plain mean over the cases. 0 … 2, and no fraction: over all of two
 * classes it is twice that of the foreground alone. A soft truth stands as it is; the score is lowest, 0, where the
 * prediction equals it.
 *
 * 0/0: a case or image without pixels has no value and is left out of the mean.
 *
 * @truth soft
 * @better lower
 * @needs probabilities
 * @unit number
 * @formula \mathrm{BS} = \frac{1}{n} \sum_i \sum_c (p_{ic} - y_{ic})^2
 * @example brier(classes: foreground)
 * @source Brier, Verification of Forecasts Expressed in Terms of Probability, 1950
 */
export function brier({ by = 'case', classes = 'all' }: BrierOptions = {}): Metric<readonly Ratio[]> {
  return {
    of(scored) {
      const { pixels, probabilities, truth, keep } = scored;
      const chosen = selectClasses(classes, scored.classes);
      return spansOf(scored, by).map(({ start, end }) => {
        let sum = 0;
        let weight = 0;
        for (let i = start; i < end; i++) {
          if (!keep[i]) continue;
          weight += 1;
          for (const c of chosen) sum += (probabilities[c * pixels + i]! - truth[c * pixels + i]!) ** 2;
        }
        return { sum, weight };
      });
    },
    value: (parts) => meanRatio(parts.flat(), by),
    join: (pieces) => joinRatios(pieces, by),
  };
}
