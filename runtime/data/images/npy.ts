import { type Numbers, shapeText } from '../../arrays/array.ts';
import { elementOf } from '../../arrays/elements.ts';
import { decodeNpy, npyShape } from '../../arrays/npy.ts';
import { DataError } from '../source.ts';
import type { Format, PictureFile } from './picture-file.ts';

/** NumPy arrays: [height, width], or [height, width, channel] with any number of channels. */
export const npy: Format = {
  name: 'NumPy',
  endings: ['.npy'],
  headBytes: 4096,
  size: (head, path) => axesOf(npyShape(head, path), path),
  decode,
};

function decode(bytes: Uint8Array, path: string): PictureFile {
  const { shape, data } = decodeNpy(bytes, path);
  return { ...axesOf(shape, path), data: Float32Array.from(data), full: fullOf(data) };
}

function axesOf(shape: readonly number[], path: string) {
  const [height, width, channels = 1] = shape;
  if (height !== undefined && width !== undefined && shape.length <= 3) return { height, width, channels };
  throw new DataError(
    `${path} has the shape ${shapeText(shape)}; an image is [height, width] or [height, width, channel].`,
    path,
    'Save each image as an array of its own.',
  );
}

/** The largest value of an integer type; 1 for floating point. 64-bit integers are kept as floating point. */
function fullOf(data: Numbers): number {
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const element = elementOf(data);
  if (element.startsWith('float')) return 1;
  return 2 ** (element.startsWith('uint') ? bits : bits - 1) - 1;
}
