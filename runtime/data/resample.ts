import type { Picture } from './source.ts';

/** [height, width] */
export type PictureShape = readonly [height: number, width: number];

/**
 * Values between pixels, for images and soft masks: output pixel k lies at (k + ½) · in/out − ½, clamped to the
 * first and last pixel (half-pixel centres). Nothing is averaged when shrinking.
 */
export function resampleLinear(picture: Picture, [height, width]: PictureShape): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const { channels, data: from } = picture;
  const rows = positions(picture.height, height);
  const columns = positions(picture.width, width);
  const data = new Float32Array(height * width * channels);
  const at = (row: number, column: number, c: number) => from[(row * picture.width + column) * channels + c]!;
  for (const [y, row] of rows.entries())
    for (const [x, column] of columns.entries())
      for (let c = 0; c < channels; c++) {
        const upper = mix(at(row.low, column.low, c), at(row.low, column.high, c), column.share);
        const lower = mix(at(row.high, column.low, c), at(row.high, column.high, c), column.share);
        data[(y * width + x) * channels + c] = mix(upper, lower, row.share);
      }
  return { height, width, channels, data };
}

/** The pixel whose area holds the centre of the output pixel, for hard masks: no value comes to be that was not there. */
export function resampleNearest(picture: Picture, [height, width]: PictureShape): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const { channels, data: from } = picture;
  const data = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = Math.floor(((y + 0.5) * picture.height) / height);
      const column = Math.floor(((x + 0.5) * picture.width) / width);
      for (let c = 0; c < channels; c++)
        data[(y * width + x) * channels + c] = from[(row * picture.width + column) * channels + c]!;
    }
  return { height, width, channels, data };
}

/** Between pixel `low` and its neighbour `high`, that far along. */
interface Position {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function positions(from: number, to: number): Position[] {
  return Array.from({ length: to }, (_, k) => {
    const at = Math.min(from - 1, Math.max(0, ((k + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(from - 1, low + 1), share: at - low };
  });
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
