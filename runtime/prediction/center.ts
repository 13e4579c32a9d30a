import { centerCorner } from '../data/crop.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Windows } from './step.ts';

/**
 * One window in the middle of an image, of the size of `crop`: what lies outside of it is neither predicted nor scored. A
 * smaller image is put in its middle, and the padding does not count. A student of such a network still learns from whole
 * images: they are predicted by `sliding`.
 *
 * @windows middle
 * @example center |> flips(horizontal)
 * @source official code of the Dice semimetric losses
 */
export function center(image: PictureShape, window: PictureShape): Windows {
  return { corners: [centerCorner({ height: image[0], width: image[1] }, window)] };
}
