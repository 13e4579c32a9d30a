import { encodePng as encodeBitmap } from '../data/images/encode-png.ts';
import { png } from '../data/images/png.ts';
import { DataError } from '../data/source.ts';
import { type NumericArray, placeText, shapeText } from './array.ts';

/** A PNG file as an array: [height, width] if it is grey, [height, width, 3] in colour, values as stored. */
export function decodePng(bytes: Uint8Array, file: string): NumericArray {
  const { height, width, channels, data } = png.decode(bytes, file);
  return { shape: channels === 1 ? [height, width] : [height, width, channels], data };
}

/** The bytes of a grey PNG of a map [height, width] of whole numbers: 8 bits a pixel, or 16 if one is above 255. */
export function encodePng({ shape, data }: NumericArray, file: string): Uint8Array {
  const [height, width] = shape;
  if (height === undefined || width === undefined || shape.length !== 2)
    throw new DataError(
      `An array of shape ${shapeText(shape)} does not fit into a PNG, which holds one map [height, width].`,
      file,
      'Write it as .npy.',
    );
  const at = data.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < 2 ** 16));
  if (at >= 0)
    throw new DataError(
      `The value ${data[at]} at ${placeText(at, shape)} does not fit into a PNG, which holds whole numbers up to 65535.`,
      file,
      'Write it as .npy.',
    );
  const wide = data.some((value) => value > 255);
  const samples = wide ? Uint16Array.from(data) : Uint8Array.from(data);
  return encodeBitmap({ height, width, channels: 1, data: samples });
}
