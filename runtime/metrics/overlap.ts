import type { ScoredCase } from './metric.ts';

/** Class of the largest value at a pixel, the lower one on ties; `values` is [class, pixel]. */
export function largestClass(
  values: ArrayLike<number>,
  classes: number,
  pixels: number,
  pixel: number,
): number {
  let best = 0;
  for (let c = 1; c < classes; c++)
    if (values[c * pixels + pixel]! > values[best * pixels + pixel]!) best = c;
  return best;
}

/** Counts one set against another, pixel by pixel, and gives their Dice: 2 |A ∩ B| / (|A| + |B|), 1 if both are empty. */
export function diceOf(
  { pixels, keep }: ScoredCase,
  inA: (pixel: number) => boolean,
  inB: (pixel: number) => boolean,
): number {
  let both = 0;
  let total = 0;
  for (let i = 0; i < pixels; i++) {
    if (!keep[i]) continue;
    const [a, b] = [inA(i), inB(i)];
    both += Number(a && b);
    total += Number(a) + Number(b);
  }
  return total === 0 ? 1 : (2 * both) / total;
}

/** The plain mean of a function of each foreground class: of class 1 alone where there are two. */
export function overForeground(classes: number, of: (c: number) => number): number {
  let sum = 0;
  for (let c = 1; c < classes; c++) sum += of(c);
  return sum / (classes - 1);
}
