import type { LabelContext, LabelMap } from './step.ts';

/** The image whose boundaries are asked for. */
export type Plane = Pick<LabelContext, 'classes' | 'height' | 'width' | 'keep'>;

/**
 * 1 for pixels on a label boundary: the `kernel` × `kernel` window around them, cut off at the border of the image,
 * holds another class, and no ignored pixel. Both sides of an edge are boundary, the border of the image is not.
 *
 * @param hard one-hot [class, pixel]
 * @param kernel odd
 * @returns [pixel]
 */
export function boundaryPixels(
  hard: LabelMap,
  { classes, height, width, keep }: Plane,
  kernel: number,
): Uint8Array {
  const pixels = height * width;
  const index = new Float64Array(pixels);
  for (let i = 0; i < pixels; i++) {
    let c = 0;
    while (c < classes - 1 && hard[c * pixels + i] !== 1) c++;
    // Larger than every class, so that the highest of a window tells of an ignored pixel.
    index[i] = keep[i] ? c : classes;
  }
  const [lowest, highest] = ([Math.min, Math.max] as const).map((extreme) => {
    const alongRows = extremeOf(
      extreme,
      index,
      { lines: height, length: width, next: 1, line: width },
      kernel,
    );
    return extremeOf(extreme, alongRows, { lines: width, length: height, next: width, line: 1 }, kernel);
  }) as [Float64Array, Float64Array];
  return Uint8Array.from(lowest, (low, i) => Number(highest[i]! < classes && low !== highest[i]));
}

/** How lines lie in an array: `next` from one element to the next, `line` from one line to the next. */
interface Lines {
  readonly lines: number;
  readonly length: number;
  readonly next: number;
  readonly line: number;
}

/** The extreme of a window that slides along each line. */
function extremeOf(
  extreme: (a: number, b: number) => number,
  values: Float64Array,
  { lines, length, next, line }: Lines,
  kernel: number,
): Float64Array {
  const reach = (kernel - 1) / 2;
  const out = new Float64Array(values.length);
  for (let l = 0; l < lines; l++)
    for (let i = 0; i < length; i++) {
      const last = Math.min(length - 1, i + reach);
      let found = values[l * line + i * next]!;
      for (let k = Math.max(0, i - reach); k <= last; k++)
        found = extreme(found, values[l * line + k * next]!);
      out[l * line + i * next] = found;
    }
  return out;
}
