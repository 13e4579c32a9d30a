import { addBins, addToBins, type Bins, calibrationError, emptyBins } from './bins.ts';
import { meanOfDefined } from './means.ts';
import type { Metric } from './metric.ts';
import { type Classes, largestClasses, selectClasses } from './selection.ts';
import { spansOf } from './spans.ts';

export interface EceOptions {
  /** Number of equally wide bins of the confidence. @integer @minimum 1 */
  bins?: number;
  /** What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together. */
  by?: 'case' | 'image' | 'data';
  /** Pixels that are predicted as one of these classes count. @integer @minimum 0 */
  classes?: Classes;
}

/**
 * Expected calibration error of the top label, a fraction: the probability of the predicted class against how often it
 * is right, over all pixels, background included; without options of each case, then the plain mean over the cases. A
 * hit is 1 or 0 on a hard truth, and on a soft one the truth's value of the predicted class. Bins are left-closed; 1
 * falls into the last.
 *
 * 0/0: a case or image without such pixels has no value and is left out of the mean.
 *
 * @truth hard
 * @better lower
 * @needs probabilities
 * @formula \mathrm{ECE} = \sum_b \frac{n_b}{n} \left| \overline{\mathrm{hit}}_b - \overline{\mathrm{conf}}_b \right|
 * @example ece(bins: 15, by: data)
 * @source official code of the Dice semimetric losses
 */
export function ece({ bins = 10, by = 'case', classes = 'all' }: EceOptions = {}): Metric<readonly Bins[]> {
  return {
    of(scored) {
      const { pixels, probabilities, truth, keep } = scored;
      const chosen = new Set(selectClasses(classes, scored.classes));
      const predicted = largestClasses(probabilities, scored.classes, pixels);
      return spansOf(scored, by).map(({ start, end }) => {
        const found = emptyBins(bins);
        for (let i = start; i < end; i++) {
          if (!keep[i] || !chosen.has(predicted[i]!)) continue;
          const at = predicted[i]! * pixels + i;
          addToBins(found, probabilities[at]!, truth[at]!);
        }
        return found;
      });
    },
    join(pieces) {
      const sum = by === 'case' ? addBins(pieces.flat()) : undefined;
      return sum ? [sum] : pieces.flat();
    },
    value(parts) {
      const all = parts.flat();
      const sum = by === 'data' ? addBins(all) : undefined;
      return by === 'data' ? sum && calibrationError(sum) : meanOfDefined(all.map(calibrationError));
    },
  };
}
