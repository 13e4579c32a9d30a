import type { Value } from '../builder.ts';
import { mapAxis } from '../operations/map-axis.ts';

/**
 * [B, H, W, C] at another height and width, by linear interpolation between the centres of pixels (half-pixel
 * centres, corners not aligned), the border continued. Nothing is averaged where it shrinks.
 */
export const resizeBilinear = (x: Value, [height, width]: readonly [number, number]): Value =>
  alongAxes(x, [height, width], interpolation);

/** Mean of each 2×2 window of [B, H, W, C], stride 2; an odd last row or column is dropped. */
export const averagePool2d = (x: Value): Value =>
  alongAxes(x, [Math.floor(x.shape[1]! / 2), Math.floor(x.shape[2]! / 2)], means);

type Weights = (from: number, to: number) => readonly number[];

function alongAxes(x: Value, sizes: readonly [number, number], weights: Weights): Value {
  return sizes.reduce((value, to, i) => {
    const from = value.shape[i + 1]!;
    return from === to ? value : mapAxis(value, i + 1, weights(from, to));
  }, x);
}

/** Weights of the two pixels between which the centre of each new pixel lies. */
function interpolation(from: number, to: number): readonly number[] {
  return matrix(from, to, (row, at) => {
    const position = Math.min(Math.max((row + 0.5) * (from / to) - 0.5, 0), from - 1);
    return Math.max(0, 1 - Math.abs(position - at));
  });
}

const means: Weights = (from, to) => matrix(from, to, (row, at) => (at >> 1 === row ? 0.5 : 0));

const matrix = (from: number, to: number, weight: (row: number, at: number) => number): readonly number[] =>
  Array.from({ length: to * from }, (_, i) => weight(Math.floor(i / from), i % from));
