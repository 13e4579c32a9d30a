import type { Share } from '../../compiler/registry.ts';
import { meanOfDefined, type Value } from './means.ts';
import type { Metric, ScoredCase } from './metric.ts';
import { type AutoClasses, selectClasses } from './selection.ts';
import { type Span, spansOf } from './spans.ts';

export interface AceOptions {
  /** Number of bins of equal mass. @integer @minimum 1 */
  bins?: number;
  /** What one value is of: a `case` or an `image`, then their mean. All cases together would have to be held at once. */
  by?: 'case' | 'image';
  /** Classes that count; `auto` is the foreground of two classes, and all of more. @integer @minimum 0 */
  classes?: AutoClasses;
  /** Probabilities below this are left out, so that the many near 0 do not fill the bins; above 0 it is known as TACE. */
  threshold?: Share;
}

/** The error of a class in a case or image, and how many pixels have it in the truth. */
export interface ClassError {
  readonly class: number;
  readonly error: Value;
  readonly pixels: number;
}

/**
 * Adaptive calibration error, a fraction: for each class its probabilities in order, cut into bins of equal mass, in
 * each the mean probability against the share of pixels that have the class (on a soft truth: the mean of it); the mean
 * over bins and classes, of each case, then the plain mean over the cases. Each of R bins holds n/R of n pixels exactly: a
 * pixel on a cut goes to both sides in parts, and so do all that have the same probability, since nothing orders them.
 *
 * 0/0: a case or image without such pixels has no value and is left out of the mean, as is a class without any above the
 * threshold.
 *
 * @truth hard
 * @better lower
 * @needs probabilities
 * @formula \mathrm{ACE} = \frac{1}{C R} \sum_c \sum_{r=1}^{R} \left| \overline{y}_{cr} - \overline{p}_{cr} \right|
 * @example ace(bins: 15, threshold: 1%)
 * @source Nixon et al., Measuring Calibration in Deep Learning, 2019
 */
export function ace({
  bins = 10,
  by = 'case',
  classes = 'auto',
  threshold = 0,
}: AceOptions = {}): Metric<readonly (readonly ClassError[])[]> {
  return {
    of(scored) {
      const chosen = selectClasses(classes, scored.classes);
      return spansOf(scored, by).map((span) =>
        chosen.map((c) => {
          const { confidence, truth, pixels } = pixelsOf(scored, span, c, threshold);
          return { class: c, error: adaptiveError(confidence, truth, bins), pixels };
        }),
      );
    },
    value: (parts) =>
      meanOfDefined(parts.flat().map((unit) => meanOfDefined(unit.map(({ error }) => error)))),
    // The bins of a whole case depend on all of its pixels.
    ...(by === 'image'
      ? { join: (pieces: readonly (readonly (readonly ClassError[])[])[]) => pieces.flat() }
      : {}),
    classes(parts) {
      const units = parts.flat();
      return (units[0] ?? []).map(({ class: c }, i) => {
        const own = units.map((unit) => unit[i]!).filter(({ error }) => error !== undefined);
        return {
          class: c,
          value: meanOfDefined(own.map(({ error }) => error)),
          count: own.length,
          pixels: own.reduce((sum, { pixels }) => sum + pixels, 0),
        };
      });
    },
  };
}

/** Probability and truth of a class at the kept pixels that reach the threshold, and its pixels in the whole truth. */
function pixelsOf(
  { pixels, probabilities, truth, keep }: ScoredCase,
  { start, end }: Span,
  c: number,
  threshold: number,
) {
  const confidence = new Float64Array(end - start);
  const values = new Float64Array(end - start);
  let count = 0;
  let inTruth = 0;
  for (let i = start; i < end; i++) {
    if (!keep[i]) continue;
    const at = c * pixels + i;
    inTruth += truth[at]!;
    if (probabilities[at]! < threshold) continue;
    confidence[count] = probabilities[at]!;
    values[count] = truth[at]!;
    count += 1;
  }
  return { confidence: confidence.subarray(0, count), truth: values.subarray(0, count), pixels: inTruth };
}

/** Mean over the bins of |mean truth − mean confidence|; `undefined` without a pixel. */
function adaptiveError(confidence: Float64Array, truth: Float64Array, bins: number): Value {
  const n = confidence.length;
  if (n === 0) return undefined;
  const sorted = confidence.slice().sort();
  // Truth of all pixels that share a confidence, at its first place in the order.
  const shared = new Float64Array(n);
  for (let i = 0; i < n; i++) shared[firstAtLeast(sorted, confidence[i]!)]! += truth[i]!;

  const gaps = new Float64Array(bins);
  const mass = n / bins;
  let bin = 0;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && sorted[end] === sorted[start]) end += 1;
    const gap = shared[start]! / (end - start) - sorted[start]!;
    for (let from = start; from < end; ) {
      const edge = bin === bins - 1 ? n : (bin + 1) * mass;
      const to = Math.min(end, edge);
      gaps[bin]! += (to - from) * gap;
      from = to;
      if (to === edge && bin < bins - 1) bin += 1;
    }
    start = end;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / n;
}

/** First place in ascending values that holds `value` or more. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
