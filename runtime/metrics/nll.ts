import type { Metric } from './metric.ts';
import { joinRatios, meanRatio, type Ratio } from './ratios.ts';
import { type Classes, selectClasses } from './selection.ts';
import { spansOf } from './spans.ts';

export interface NllOptions {
  /** What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together. */
  by?: 'case' | 'image' | 'data';
  /** Classes of the truth that count: with fewer than all it is their mean over the truth that they have. @integer @minimum 0 */
  classes?: Classes;
  /**
   * Probabilities below this count as this, so that one of 0 costs much and not infinitely much. The default lies below
   * whatever float32 holds and costs 103.6 nats. @exclusiveMinimum 0 @maximum 1
   */
  floor?: number;
}

/**
 * Negative log-likelihood in nats: −log of the probability of the true class, its mean over the pixels; without options of
 * each case, then the plain mean over the cases. On a soft truth it is the cross-entropy, lowest where the prediction
 * equals the truth, and there the truth's entropy, not 0. A probability of 0 where the truth has something is not infinite
 * but counts as `floor`; where the truth has nothing it costs 0.
 *
 * 0/0: a case or image without pixels, or without truth of the classes, has no value and is left out of the mean.
 *
 * @truth soft
 * @better lower
 * @needs probabilities
 * @unit nats
 * @formula \mathrm{NLL} = -\frac{1}{n} \sum_i \sum_c y_{ic} \log p_{ic}
 * @example nll(by: data)
 */
export function nll({
  by = 'case',
  classes = 'all',
  floor = 1e-45,
}: NllOptions = {}): Metric<readonly Ratio[]> {
  return {
    of(scored) {
      const { pixels, probabilities, truth, keep } = scored;
      const chosen = selectClasses(classes, scored.classes);
      const all = chosen.length === scored.classes;
      return spansOf(scored, by).map(({ start, end }) => {
        let sum = 0;
        let weight = 0;
        for (let i = start; i < end; i++) {
          if (!keep[i]) continue;
          if (all) weight += 1;
          for (const c of chosen) {
            const y = truth[c * pixels + i]!;
            if (!all) weight += y;
            if (y > 0) sum -= y * Math.log(Math.max(floor, probabilities[c * pixels + i]!));
          }
        }
        return { sum, weight };
      });
    },
    value: (parts) => meanRatio(parts.flat(), by),
    join: (pieces) => joinRatios(pieces, by),
  };
}
