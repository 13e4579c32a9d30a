import type { Shape } from './graph.ts';

/** Number of elements. */
export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

export const equal = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/** Distance in memory between neighbours along each axis, row-major. */
export function strides(shape: Shape): number[] {
  const result = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result[axis] = step;
    step *= shape[axis]!;
  }
  return result;
}

/** As NumPy: axes are aligned at the end, and 1 stretches. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[i - rank + a.length] ?? 1;
    const n = b[i - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
    return Math.max(m, n);
  });
}

/** Strides to read a tensor of shape `from` as if it had shape `to`: 0 along stretched axes. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const own = strides(from);
  const shift = to.length - from.length;
  return to.map((_, axis) => (axis < shift || from[axis - shift] === 1 ? 0 : own[axis - shift]!));
}

/** The axes along which `from` is stretched to become `to`. */
export function stretchedAxes(from: Shape, to: Shape): number[] {
  const shift = to.length - from.length;
  return to.flatMap((n, axis) => (axis < shift || (from[axis - shift] === 1 && n !== 1) ? [axis] : []));
}

/** The shape without these axes, or with 1 in their place. */
export const reducedShape = (shape: Shape, axes: readonly number[], keepdims: boolean): Shape =>
  keepdims
    ? shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
    : shape.filter((_, axis) => !axes.includes(axis));
