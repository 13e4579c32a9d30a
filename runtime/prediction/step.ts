import type { Corner } from '../data/crop.ts';
import type { PictureShape } from '../data/resample.ts';

/** The windows of a network that an image is predicted from. */
export interface Windows {
  /** Where they begin. What lies in none of them is neither predicted nor scored. */
  readonly corners: readonly Corner[];
  /** How much each pixel of a window counts where windows overlap, above 0; alike where absent. */
  readonly weights?: Float64Array;
}

/** The function of a step that says which windows: for an image of this size and windows of that. */
export type WindowsFunction<Options> = (
  image: PictureShape,
  window: PictureShape,
  options: Options,
) => Windows;

/** A way to look at a window: pixel i of what the network is shown is this pixel of the window, each of them once. */
export type View = Int32Array;

/** The function of a step that says how to look at windows of a size. */
export type ViewsFunction<Options> = (window: PictureShape, options: Options) => readonly View[];
