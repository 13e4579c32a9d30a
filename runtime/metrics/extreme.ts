import type { Share } from '../../compiler/registry.ts';
import type { Metric } from './metric.ts';
import { meanRatio, type Ratio } from './ratios.ts';
import { spansOf } from './spans.ts';

export interface ExtremeOptions {
  /** Probabilities below this are extreme. */
  low?: Share;
  /** Probabilities above this are extreme. */
  high?: Share;
  /** Which pixels count: those where the raters disagree, or all. */
  where?: 'disputed' | 'all';
  /** What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together. */
  by?: 'case' | 'image' | 'data';
}

/**
 * Share of the foreground's probabilities (1 less that of the background) that are pushed below `low` or above
 * `high`, a fraction; without options of each case, then the plain mean over the cases that have such pixels. Where
 * raters disagree a probability near 0 or 1 is overconfident. It looks at the raters, and at no truth.
 *
 * 0/0: a case or image without such pixels has no value and is left out of the mean.
 *
 * @better lower
 * @formula \frac{\left|\{i : f_i < low \lor f_i > high\}\right|}{n},\quad f_i = \sum_{c \ge 1} p_{ic}
 * @example extreme(low: 1%, high: 99%)
 */
export function extreme({
  low = 0.05,
  high = 0.95,
  where = 'disputed',
  by = 'case',
}: ExtremeOptions = {}): Metric<readonly Ratio[]> {
  return {
    of(scored) {
      const { classes, pixels, probabilities, raters, keep } = scored;
      return spansOf(scored, by).map(({ start, end }) => {
        let sum = 0;
        let weight = 0;
        for (let i = start; i < end; i++) {
          if (!keep[i] || (where === 'disputed' && !disputed(raters, classes, pixels, i))) continue;
          let foreground = 0;
          for (let c = 1; c < classes; c++) foreground += probabilities[c * pixels + i]!;
          weight += 1;
          sum += Number(foreground < low || foreground > high);
        }
        return { sum, weight };
      });
    },
    value: (parts) => meanRatio(parts.flat(), by),
  };
}

/** Whether some rater differs from the first one. */
function disputed(raters: ArrayLike<number>, classes: number, pixels: number, pixel: number): boolean {
  const step = classes * pixels;
  for (let at = step; at < raters.length; at += step)
    for (let c = 0; c < classes; c++)
      if (raters[at + c * pixels + pixel] !== raters[c * pixels + pixel]) return true;
  return false;
}
