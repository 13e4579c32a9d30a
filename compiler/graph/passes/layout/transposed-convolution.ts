import type { Value } from '../../builder.ts';
import type { Shape } from '../../graph.ts';
import { blockedConv2d } from '../../operations/blocked/blocked-conv2d.ts';
import { interleave } from '../../operations/blocked/interleave.ts';
import { selectTaps } from '../../operations/blocked/select-taps.ts';
import { broadcast } from '../../operations/broadcast.ts';
import type { Geometry } from '../../operations/convolution.ts';
import { slice } from '../../operations/slice.ts';

/** A filter for the image's gradient: blocked, its inputs those of dy or still to be exchanged with its outputs. */
export interface TurnableFilter {
  readonly value: Value;
  readonly turn: boolean;
}

/**
 * The gradient of a convolution for its image, dx[y] = Σ_k dy[(y + p − d·k) / s] · w[k] over the k that divide, as
 * convolutions: one for each phase y mod s, with the taps that meet it, backwards. At stride 1 that is one convolution
 * with the flipped filter, at stride 2 four small ones at the low resolution.
 *
 * @param dy blocked image, H × W of the convolution's output
 * @param size height and width of the gradient
 */
export function transposedConvolution(
  dy: Value,
  { value: w, turn }: TurnableFilter,
  [height, width]: readonly [number, number],
  { strides, padding, dilations }: Geometry,
): Value {
  const [kh, kw] = [w.shape[2]!, w.shape[3]!];
  const rows = phases(height, dy.shape[2]!, kh, strides[0], padding[0], dilations[0]);
  const columns = phases(width, dy.shape[3]!, kw, strides[1], padding[2], dilations[1]);
  const parts = rows.map((row) =>
    columns.map((column) => {
      const taps = row.taps.flatMap((i) => column.taps.map((j) => i * kw + j));
      if (taps.length === 0) return undefined;
      const kernel = [row.taps.length, column.taps.length] as const;
      const chosen = selectTaps(w, { taps, kernel, turn });
      return convolvePadded(dy, chosen, row, column);
    }),
  );
  const some = parts.flat().find((part) => part !== undefined);
  const shape = some?.shape ?? zeroShape(dy, w, turn, rows[0]!.length, columns[0]!.length);
  const all = parts.flat().map((part) => part ?? broadcast(dy.builder.constant(0), shape));
  const whole = interleave(all, strides);
  const [batch, count, , , block] = whole.shape as [number, number, number, number, number];
  return slice(whole, [0, 0, 0, 0, 0], [batch, count, height, width, block]);
}

interface Phase {
  readonly taps: readonly number[];
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
  /** Numbers of the output that this phase gives. */
  readonly length: number;
}

/** The phases along one axis. */
function phases(
  size: number,
  from: number,
  kernel: number,
  stride: number,
  padding: number,
  dilation: number,
): readonly Phase[] {
  const length = Math.ceil(size / stride);
  const common = greatestCommonDivisor(stride, dilation);
  const spread = dilation / common;
  return Array.from({ length: stride }, (_, phase) => {
    const taps = Array.from({ length: kernel }, (_, k) => k)
      .filter((k) => (phase + padding - dilation * k) % stride === 0)
      .reverse();
    const reach = (taps.length - 1) * spread;
    const offset = taps.length ? (phase + padding - dilation * taps.at(-1)!) / stride : 0;
    const before = reach - offset;
    return { taps, before, after: length - from - before + reach, dilation: spread, length };
  });
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** Negative padding takes rows or columns of the image away, which no operator does by itself. */
function convolvePadded(x: Value, w: Value, row: Phase, column: Phase): Value {
  const [batch, count, height, width, block] = x.shape as [number, number, number, number, number];
  const cut = (n: number) => Math.max(-n, 0);
  const begin = [0, 0, cut(row.before), cut(column.before), 0];
  const shape = [
    batch,
    count,
    height - begin[2]! - cut(row.after),
    width - begin[3]! - cut(column.after),
    block,
  ];
  const padding = [row.before, row.after, column.before, column.after].map((n) => Math.max(n, 0));
  return blockedConv2d(slice(x, begin, shape), w, {
    strides: [1, 1],
    padding: padding as unknown as Geometry['padding'],
    dilations: [row.dilation, column.dilation],
  });
}

function zeroShape(dy: Value, w: Value, turn: boolean, height: number, width: number): Shape {
  const [count, block] = turn ? [w.shape[1]!, w.shape[4]!] : [w.shape[0]!, w.shape[5]!];
  return [dy.shape[0]!, count, height, width, block];
}
