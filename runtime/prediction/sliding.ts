import { centerCorner } from '../data/crop.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Windows } from './step.ts';

export interface SlidingOptions {
  /** How far a window lies from the next, as a share of it, rounded down to whole pixels. @exclusiveMinimum 0 @maximum 1 */
  stride?: number;
  /**
   * How much a pixel of a window counts where windows overlap: all alike, or by a Gaussian around the middle of the window,
   * whose deviation is an eighth of its sides, because a network knows least at the border.
   */
  blend?: 'uniform' | 'gaussian';
}

/**
 * The whole image by windows of the size of `crop`, in rows and columns of which the last ends with the image. Where
 * windows overlap, the logits are averaged. Along a side on which the image is smaller there is one window, with the image
 * in its middle, and the padding does not count.
 *
 * @windows image
 * @example sliding(stride: 1/2) |> flips(all)
 * @source stride 2/3 and the mean of logits: official code of the Dice semimetric losses; the Gaussian: nnU-Net
 */
export function sliding(
  image: PictureShape,
  window: PictureShape,
  { stride = 2 / 3, blend = 'uniform' }: SlidingOptions = {},
): Windows {
  const middle = centerCorner({ height: image[0], width: image[1] }, window);
  const tops = image[0] > window[0] ? starts(image[0], window[0], stride) : [middle.top];
  const lefts = image[1] > window[1] ? starts(image[1], window[1], stride) : [middle.left];
  const corners = tops.flatMap((top) => lefts.map((left) => ({ top, left })));
  return blend === 'gaussian' ? { corners, weights: gaussian(window) } : { corners };
}

/** Of what is computed the language keeps 15 digits: a third of 9 pixels may come out below 3. */
const rounding = 1e-9;

function starts(length: number, window: number, stride: number): readonly number[] {
  const step = Math.max(1, Math.floor(stride * window + rounding));
  const count = Math.ceil((length - window) / step) + 1;
  return Array.from({ length: count }, (_, i) => Math.min(i * step, length - window));
}

const deviation = 1 / 8;

function gaussian([height, width]: PictureShape): Float64Array {
  const along = (length: number) =>
    Array.from({ length }, (_, i) => Math.exp(-(((i - (length - 1) / 2) / (deviation * length)) ** 2) / 2));
  const [rows, columns] = [along(height), along(width)];
  return Float64Array.from({ length: height * width }, (_, i) => {
    return rows[Math.floor(i / width)]! * columns[i % width]!;
  });
}
