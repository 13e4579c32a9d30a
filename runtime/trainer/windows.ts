import type { Corner } from '../data/crop.ts';
import { centerCorner } from '../data/crop.ts';
import type { PictureShape } from '../data/resample.ts';

/** Two thirds of a window, so that every pixel but those at the border lies inside of some window. */
const stride = 2 / 3;

/**
 * Where the windows of a network begin that cover an image: a grid of stride 2/3, rounded down to whole pixels, whose
 * last row and column end with the image. Along a side on which the image is smaller there is one, with the image in its
 * middle.
 *
 * @source sliding windows as in the official code of the Dice semimetric losses
 */
export function windowsOver(image: PictureShape, window: PictureShape): readonly Corner[] {
  const middle = centerCorner({ height: image[0], width: image[1] }, window);
  const tops = image[0] > window[0] ? starts(image[0], window[0]) : [middle.top];
  const lefts = image[1] > window[1] ? starts(image[1], window[1]) : [middle.left];
  return tops.flatMap((top) => lefts.map((left) => ({ top, left })));
}

function starts(length: number, window: number): readonly number[] {
  const step = Math.max(1, Math.floor(stride * window));
  const count = Math.ceil((length - window) / step) + 1;
  return Array.from({ length: count }, (_, i) => Math.min(i * step, length - window));
}
