import type { Share } from '../../compiler/registry.ts';
import type { ScoredCase } from './metric.ts';

export interface ExtremeOptions {
  /** Probabilities below this are extreme. */
  low?: Share;
  /** Probabilities above this are extreme. */
  high?: Share;
  /** Which pixels count: those where the raters disagree, or all. */
  where?: 'disputed' | 'all';
}

/**
 * Share of the foreground's probabilities (1 less that of the background) that are pushed below `low` or above
 * `high`, over the pixels of a case, then the plain mean over the cases that have such pixels. Where raters
 * disagree a probability near 0 or 1 is overconfident. The truth it is on makes no difference.
 */
export function extreme(
  { classes, pixels, probabilities, raters, keep }: ScoredCase,
  { low = 0.05, high = 0.95, where = 'disputed' }: ExtremeOptions = {},
): number | undefined {
  let count = 0;
  let pushed = 0;
  for (let i = 0; i < pixels; i++) {
    if (!keep[i] || (where === 'disputed' && !disputed(raters, classes, pixels, i))) continue;
    let foreground = 0;
    for (let c = 1; c < classes; c++) foreground += probabilities[c * pixels + i]!;
    count += 1;
    pushed += Number(foreground < low || foreground > high);
  }
  return count === 0 ? undefined : pushed / count;
}

/** Whether some rater differs from the first one. */
function disputed(raters: ArrayLike<number>, classes: number, pixels: number, pixel: number): boolean {
  const step = classes * pixels;
  for (let at = step; at < raters.length; at += step)
    for (let c = 0; c < classes; c++)
      if (raters[at + c * pixels + pixel] !== raters[c * pixels + pixel]) return true;
  return false;
}
