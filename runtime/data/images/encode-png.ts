import { encode } from 'fast-png';

/** 8 or 16 bits a sample, row-major, [height, width, channels]: grey (1) or RGB (3). */
export interface Bitmap {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}

/** The bytes of a PNG file. */
export function encodePng(bitmap: Bitmap): Uint8Array {
  return encode({ ...bitmap, depth: bitmap.data instanceof Uint16Array ? 16 : 8 });
}
