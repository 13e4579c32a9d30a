import type { Random } from '../random.ts';
import type { PreparedCase } from './prepared.ts';
import type { PictureShape } from './resample.ts';

/** Where a window begins in an image; negative where it reaches over the edge. */
export interface Corner {
  readonly top: number;
  readonly left: number;
}

interface Extent {
  readonly height: number;
  readonly width: number;
}

/** Uniform among the windows that lie inside; a smaller image is put in the middle. */
export function randomCorner(image: Extent, [height, width]: PictureShape, r: Random): Corner {
  const along = (length: number, window: number) =>
    length > window ? r.integer(length - window + 1) : middle(length, window);
  return { top: along(image.height, height), left: along(image.width, width) };
}

/** The window in the middle; the odd pixel is left over at the end. */
export function centerCorner(image: Extent, [height, width]: PictureShape): Corner {
  return { top: middle(image.height, height), left: middle(image.width, width) };
}

function middle(length: number, window: number): number {
  return length >= window ? Math.floor((length - window) / 2) : -Math.floor((window - length) / 2);
}

/** An array of rows: `planes` times `height` rows of `width` pixels with `depth` values each. */
interface Layout extends Extent {
  readonly planes: number;
  readonly depth: number;
}

type Numbers = Float32Array | Float64Array | Uint8Array;

/**
 * Copies a window of every plane. Plane p of it starts at `start(p)` in `to`; pixels outside of the image keep what
 * `to` holds there.
 */
export function copyWindow(
  from: Numbers,
  { planes, height, width, depth }: Layout,
  { top, left }: Corner,
  to: Numbers,
  size: PictureShape,
  start: (plane: number) => number,
): void {
  const firstRow = Math.max(0, -top);
  const endRow = Math.min(size[0], height - top);
  const firstColumn = Math.max(0, -left);
  const endColumn = Math.min(size[1], width - left);
  if (endColumn <= firstColumn) return;
  for (let plane = 0; plane < planes; plane++)
    for (let row = firstRow; row < endRow; row++) {
      const at = ((plane * height + top + row) * width + left + firstColumn) * depth;
      const row0 = from.subarray(at, at + (endColumn - firstColumn) * depth);
      to.set(row0, start(plane) + (row * size[1] + firstColumn) * depth);
    }
}

/** A part of an image, padded where it reaches over the edge. */
export interface Part {
  readonly corner: Corner;
  readonly size: PictureShape;
}

/** That part of a case, as metrics see it. `outside` is the image's value beyond the edge. */
export function cropTo(one: PreparedCase, { corner, size }: Part, outside: number): PreparedCase {
  const [height, width] = size;
  if (one.height === height && one.width === width) return one;
  const pixels = height * width;
  const cut = <T extends Numbers>(from: T, planes: number, depth: number, to: T): T => {
    copyWindow(from, { ...one, planes, depth }, corner, to, size, (plane) => plane * pixels * depth);
    return to;
  };
  const before = one.height * one.width;
  /** [class, pixel] or [rater, class, pixel]: outside is background. */
  const rows = (from: Float64Array) => {
    const planes = from.length / before;
    const to = new Float64Array(planes * pixels);
    for (let plane = 0; plane < planes; plane += one.classes)
      to.fill(1, plane * pixels, (plane + 1) * pixels);
    return cut(from, planes, 1, to);
  };
  return {
    ...one,
    height,
    width,
    image: cut(one.image, 1, one.channels, new Float32Array(pixels * one.channels).fill(outside)),
    labels: one.labels.map(rows),
    raters: rows(one.raters),
    keep: cut(one.keep, 1, 1, new Uint8Array(pixels)),
  };
}
