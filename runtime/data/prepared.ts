import type { DataSet } from '../../compiler/experiment.ts';

/**
 * A case as the rest of the program sees it: resampled, windowed, its labels made. Pixels are row-major; what has
 * classes is class-first.
 */
export interface PreparedCase {
  readonly id: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** [height, width, channel], in −1 … 1 unless the data set says `window: none`. */
  readonly image: Float32Array;
  /** One entry a label source that was asked for: [class, pixel]. float64, so that 7 raters of 10 are 0.7 exactly. */
  readonly labels: readonly Float64Array[];
  /** [rater, class, pixel], 0 or 1 unless the source is soft; a stored mask counts as one rater. */
  readonly raters: Float64Array;
  /** [pixel]: 1 for pixels that count, 0 for ignored ones and padding. */
  readonly keep: Uint8Array;
}

/** A prepared case as training keeps it: float32, without raters. */
export interface Sample {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [height, width, channel] */
  readonly image: Float32Array;
  /** One entry a target: [class, pixel]. */
  readonly labels: readonly Float32Array[];
  /** One entry a target: whether its labels may be interpolated; hard ones stay one-hot. */
  readonly soft: readonly boolean[];
  /** [pixel] */
  readonly keep: Float32Array;
}

/** Value of an image outside of it: the lower end of the window, and 0 where there is none. */
export const outsideOf = (window: DataSet['window']): number => (window === 'none' ? 0 : -1);
