import type { Value } from '../builder.ts';
import { mapAxis } from '../operations/map-axis.ts';

/** Height and width of [B, H, W, C]. */
const usualAxes = [1, 2] as const;

/**
 * An image at another height and width, by linear interpolation between the centres of pixels (half-pixel centres,
 * corners not aligned), its border continued. Nothing is averaged where it shrinks.
 *
 * @param axes those of height and width
 */
export const resizeBilinear = (
  x: Value,
  size: readonly [height: number, width: number],
  axes: readonly [number, number] = usualAxes,
): Value => mapAxes(x, size, axes, interpolation);

/** Mean of each 2×2 window of [B, H, W, C], stride 2; an odd last row or column is dropped. */
export const averagePool2d = (x: Value): Value =>
  mapAxes(x, [Math.floor(x.shape[1]! / 2), Math.floor(x.shape[2]! / 2)], usualAxes, means);

/** Matrix [to, from], row-major, from its entries. */
const matrix = (
  from: number,
  to: number,
  entry: (row: number, column: number) => number,
): readonly number[] => Array.from({ length: to * from }, (_, i) => entry(Math.floor(i / from), i % from));

/** Weights of the two pixels between which the centre of each new pixel lies. */
const interpolation = (from: number, to: number): readonly number[] =>
  matrix(from, to, (row, at) => {
    const position = Math.min(Math.max((row + 0.5) * (from / to) - 0.5, 0), from - 1);
    return Math.max(0, 1 - Math.abs(position - at));
  });

const means = (from: number, to: number): readonly number[] =>
  matrix(from, to, (row, at) => (at >> 1 === row ? 0.5 : 0));

function mapAxes(
  x: Value,
  size: readonly [number, number],
  axes: readonly [number, number],
  weights: (from: number, to: number) => readonly number[],
): Value {
  return axes.reduce((value, axis, i) => {
    const [from, to] = [value.shape[axis]!, size[i]!];
    return from === to ? value : mapAxis(value, axis, weights(from, to));
  }, x);
}
