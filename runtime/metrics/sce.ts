import { addBins, addToBins, type Bins, calibrationError, emptyBins } from './bins.ts';
import { meanOfDefined, type Value } from './means.ts';
import type { Metric } from './metric.ts';
import { type AutoClasses, largestClasses, selectClasses } from './selection.ts';
import { spansOf } from './spans.ts';

export interface SceOptions {
  /** Number of equally wide bins of the confidence. @integer @minimum 1 */
  bins?: number;
  /** What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together. */
  by?: 'case' | 'image' | 'data';
  /** Classes that count; `auto` is the foreground of two classes, and all of more. @integer @minimum 0 */
  classes?: AutoClasses;
  /**
   * Which of them count in a case or image: `all`, or those in its `truth`. `auto` is `truth` by image where there are
   * more than two classes, else `all`.
   */
  active?: 'auto' | 'all' | 'truth';
  /**
   * When a pixel is a hit of a class: `predicted`, the truth is the class and so is the prediction; `label`, the truth is
   * the class. The first is that of the official code, the second the usual class-wise error.
   */
  hit?: 'predicted' | 'label';
}

/** A class of a case or image: its bins, and how many pixels have it in the truth. */
export interface ClassBins {
  readonly class: number;
  /** Number of classes. */
  readonly of: number;
  readonly bins: Bins;
  readonly pixels: number;
}

/**
 * Static calibration error, a fraction: for each class its probability at every pixel against how often it is a hit, as
 * `ece` has it, then the mean over the classes; without options of each case, then the plain mean over the cases. On a
 * soft truth a hit counts as much as the truth has of the class. Bins are left-closed; 1 falls into the last.
 *
 * 0/0: a case or image without pixels or classes that count has no value and is left out of the mean.
 *
 * @truth hard
 * @better lower
 * @needs probabilities
 * @formula \mathrm{SCE} = \frac{1}{C} \sum_c \sum_b \frac{n_{cb}}{n} \left| \overline{\mathrm{hit}}_{cb} - \overline{p}_{cb} \right|
 * @example sce(bins: 15, hit: label)
 * @source Nixon et al., Measuring Calibration in Deep Learning, 2019, with hit: label; official code of the Dice semimetric losses
 */
export function sce({
  bins = 10,
  by = 'case',
  classes = 'auto',
  active = 'auto',
  hit = 'predicted',
}: SceOptions = {}): Metric<readonly (readonly ClassBins[])[]> {
  const isActive = ({ pixels, of }: ClassBins): boolean => {
    const inTruth = active === 'truth' || (active === 'auto' && by === 'image' && of > 2);
    return !inTruth || pixels > 0;
  };
  return {
    of(scored) {
      const { pixels, probabilities, truth, keep } = scored;
      const chosen = selectClasses(classes, scored.classes);
      const predicted = largestClasses(probabilities, scored.classes, pixels);
      return spansOf(scored, by).map(({ start, end }) =>
        chosen.map((c) => {
          const found = emptyBins(bins);
          let inTruth = 0;
          for (let i = start; i < end; i++) {
            if (!keep[i]) continue;
            const y = truth[c * pixels + i]!;
            inTruth += y;
            addToBins(found, probabilities[c * pixels + i]!, hit === 'label' || predicted[i] === c ? y : 0);
          }
          return { class: c, of: scored.classes, bins: found, pixels: inTruth };
        }),
      );
    },
    value: (parts) =>
      meanOfDefined(unitsOf(parts, by).map((unit) => meanOfDefined(unit.filter(isActive).map(errorOf)))),
    join: (pieces) => unitsOf(pieces, by === 'case' ? 'data' : 'case'),
    classes(parts) {
      const units = unitsOf(parts, by);
      return (units[0] ?? []).map(({ class: c }, i) => {
        const own = units.map((unit) => unit[i]!).filter(isActive);
        return {
          class: c,
          value: meanOfDefined(own.map(errorOf)),
          count: own.length,
          pixels: own.reduce((sum, one) => sum + one.pixels, 0),
        };
      });
    },
  };
}

type Unit = readonly ClassBins[];

const errorOf = ({ bins }: ClassBins): Value => calibrationError(bins);

/** Cases or images; all of them as one if by data. */
function unitsOf(parts: readonly (readonly Unit[])[], by: 'case' | 'image' | 'data'): readonly Unit[] {
  const units = parts.flat();
  const [first] = units;
  if (by !== 'data' || !first) return units;
  return [
    first.map((one, i) => ({
      ...one,
      bins: addBins(units.map((unit) => unit[i]!.bins))!,
      pixels: units.reduce((sum, unit) => sum + unit[i]!.pixels, 0),
    })),
  ];
}
