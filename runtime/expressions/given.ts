import { type NumericArray, placeText, shapeText } from '../arrays/array.ts';

/** An array that a caller gave, with the name that messages call it: its file, or what it stands for. */
export interface Given extends NumericArray {
  readonly name: string;
}

/** Arrays or an expression that cannot be worked with. Shown as it is, without a stack, and exit 2. */
export class ArrayError extends Error {
  override name = 'ArrayError';
  readonly help: string | undefined;
  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** The axes of a batch of predictions. */
export interface Axes {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
}

export const pixelsOf = ({ images, height, width }: Axes): number => images * height * width;

/**
 * What a shape with a class axis means: [image, height, width, class], [height, width, class] for one image, or
 * [pixel, class] for pixels without neighbours, which count as one image of height 1.
 */
export function axesOf({ shape, name }: Given): Axes {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (shape.length === 4) return { images: a, height: b, width: c, classes: d };
  if (shape.length === 3) return { images: 1, height: a, width: b, classes: c };
  if (shape.length === 2) return { images: 1, height: 1, width: a, classes: b };
  throw new ArrayError(
    `${name} has the shape ${shapeText(shape)}, which is no batch of predictions.`,
    'Give [image, height, width, class], [height, width, class] or [pixel, class].',
  );
}

/** Whether two shapes are the same. */
export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** [image, pixel, class] → [class, image, pixel] */
export function classFirst({ data }: NumericArray, classes: number): Float64Array {
  const pixels = data.length / classes;
  const out = new Float64Array(data.length);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < classes; c++) out[c * pixels + p] = data[p * classes + c]!;
  return out;
}

/** [class, image, pixel] → [image, pixel, class] */
export function classLast(data: ArrayLike<number>, classes: number): Float64Array {
  const pixels = data.length / classes;
  const out = new Float64Array(data.length);
  for (let c = 0; c < classes; c++)
    for (let p = 0; p < pixels; p++) out[p * classes + c] = data[c * pixels + p]!;
  return out;
}

/** Of [class, image, pixel], one image: [class, pixel]. */
export function imageOf(
  data: Float64Array,
  index: number,
  { images, height, width, classes }: Axes,
): Float64Array {
  const pixels = height * width;
  const out = new Float64Array(classes * pixels);
  for (let c = 0; c < classes; c++) {
    const start = (c * images + index) * pixels;
    out.set(data.subarray(start, start + pixels), c * pixels);
  }
  return out;
}

/** The other way: puts an image [class, pixel] into [class, image, pixel]. */
export function putImage(
  into: Float64Array,
  one: ArrayLike<number>,
  index: number,
  { images, classes }: Axes,
): void {
  const pixels = one.length / classes;
  for (let c = 0; c < classes; c++)
    for (let p = 0; p < pixels; p++) into[(c * images + index) * pixels + p] = one[c * pixels + p]!;
}

/**
 * The first element at a kept pixel that does not lie in low..high, NaN included; −1 if all do. `step` elements make a
 * pixel.
 */
function firstOutside(
  { data }: NumericArray,
  step: number,
  keep: ArrayLike<number> | undefined,
  low: number,
  high: number,
): number {
  for (let pixel = 0, i = 0; i < data.length; pixel++) {
    for (const end = i + step; i < end; i++) {
      const value = data[i]!;
      if (!(value >= low && value <= high) && (keep === undefined || keep[pixel])) return i;
    }
  }
  return -1;
}

/** Refuses NaN and infinities at kept pixels. */
export function checkFinite(given: Given, step: number, keep?: ArrayLike<number>): void {
  const at = firstOutside(given, step, keep, -Number.MAX_VALUE, Number.MAX_VALUE);
  if (at >= 0) throw notFinite(given, at);
}

/** Refuses what lies outside of 0..1 at kept pixels. */
export function checkShares(
  given: Given,
  step: number,
  keep: ArrayLike<number> | undefined,
  help: string,
): void {
  const at = firstOutside(given, step, keep, 0, 1);
  if (at < 0) return;
  if (!Number.isFinite(given.data[at])) throw notFinite(given, at);
  throw new ArrayError(
    `${given.name} holds ${given.data[at]} at ${placeText(at, given.shape)}, outside of 0 to 1.`,
    help,
  );
}

const notFinite = ({ name, data, shape }: Given, at: number): ArrayError =>
  new ArrayError(
    `${name} holds ${data[at]} at ${placeText(at, shape)}.`,
    'Every number at a kept pixel must be finite. Give `keep` with 0 for pixels that do not count.',
  );

/** The first pixel whose classes do not add up to 1, with their sum; ignored ones are never looked at. */
export function firstUneven(
  { data }: NumericArray,
  classes: number,
  keep: ArrayLike<number> | undefined,
  tolerance: number,
): { readonly pixel: number; readonly sum: number } | undefined {
  for (let pixel = 0; pixel < data.length / classes; pixel++) {
    if (keep && !keep[pixel]) continue;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += data[pixel * classes + c]!;
    if (Math.abs(sum - 1) > tolerance) return { pixel, sum };
  }
  return undefined;
}

/** [pixel] of 0 and 1 from a mask whose shape is that of the predictions without classes; all 1 where none is given. */
export function keepOf(mask: Given | undefined, shape: readonly number[], like: string): Uint8Array {
  const keep = new Uint8Array(shape.reduce((product, n) => product * n, 1)).fill(1);
  if (!mask) return keep;
  if (!sameShape(mask.shape, shape))
    throw new ArrayError(
      `${mask.name} has the shape ${shapeText(mask.shape)}; ${like} asks for ${shapeText(shape)}.`,
      '`keep` has one number a pixel: 1 for pixels that count, 0 for ignored ones.',
    );
  const at = mask.data.findIndex((value) => value !== 0 && value !== 1);
  if (at >= 0)
    throw new ArrayError(
      `${mask.name} holds ${mask.data[at]} at ${placeText(at, shape)}; a mask of kept pixels holds 0 and 1.`,
      '1 for pixels that count, 0 for ignored ones.',
    );
  keep.set(mask.data);
  return keep;
}
