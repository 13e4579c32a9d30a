/** What a metric sees of one case. float64, or float32 as an engine gave it. Pixels with `keep` 0 never count. */
export interface ScoredCase {
  readonly id: string;
  readonly classes: number;
  /** Of all images together. */
  readonly pixels: number;
  /** A case may be a stack: so many images of equal size, one after the other along its pixels. */
  readonly images: number;
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
 * What the function of a metric component returns for its options: how a case becomes a part, small plain data such
 * as counts, and how parts become a number. The score of many cases is `value` of all their parts, the value of one
 * case is `value` of its part alone, so that cases are seen once and never held. The order of the parts makes no
 * difference beyond rounding.
 *
 * The component's tag `@truth hard | soft` says what it is on if nothing else is said: the majority of the raters, or
 * their average. Without that tag it looks at no truth. `@unit nats` is for values that are no fraction,
 * `@better lower` for a metric of which less is better,
 * `@needs probabilities` for one that says nothing of hard predictions.
 */
export interface Metric<Part = unknown> {
  of(scored: ScoredCase): Part;
  /** A fraction, unless its tag says otherwise; `undefined` where the cases say nothing (0/0). */
  value(parts: readonly Part[]): number | undefined;
  /**
   * The part of one case that came in pieces, each of some of its images. Absent where a case must be seen whole: then it
   * is read as a whole.
   */
  join?(pieces: readonly Part[]): Part;
  /** The classes that the value is made of, where it is made of classes. */
  classes?(parts: readonly Part[]): readonly ClassValue[];
}

/** The metric of one class. */
export interface ClassValue {
  readonly class: number;
  readonly value: number | undefined;
  /** Cases or images that it rests on. */
  readonly count: number;
  /** Pixels that have this class in the truth of these. */
  readonly pixels: number;
}
