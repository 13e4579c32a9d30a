/**
 * What a metric sees of one case: all its slices pooled. float64, or float32 as an engine gave it.
 * Pixels with `keep` 0 never count.
 */
export interface ScoredCase {
  readonly id: string;
  readonly classes: number;
  readonly pixels: number;
  /** [class, pixel], 0 … 1; class 0 is the background. */
  readonly probabilities: ArrayLike<number>;
  /** The ground truth that the metric is on: [class, pixel], hard or soft. */
  readonly truth: ArrayLike<number>;
  /** [rater, class, pixel], 0 or 1. */
  readonly raters: ArrayLike<number>;
  /** [pixel] */
  readonly keep: ArrayLike<number>;
}

/**
 * The function of a metric component: a fraction for one case, `undefined` where the case says nothing (0/0).
 * Over cases it is `meanOverCases`, for every metric: the medical protocol. Its tag `@truth hard | soft` says what it
 * is on if nothing else is said: the majority of the raters, or their average.
 */
export type Metric<Options> = (scored: ScoredCase, options?: Options) => number | undefined;

/** The plain mean of the cases that have a value; `undefined` if none has. */
export function meanOverCases(values: readonly (number | undefined)[]): number | undefined {
  const defined = values.filter((value) => value !== undefined);
  if (defined.length === 0) return undefined;
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
