import type { Shape } from '../../../graph/graph.ts';
import type { OnnxBuilder } from '../builder.ts';

/**
 * ONNX Runtime's own blocked operators, which its optimizer puts into models for inference and which we use for
 * training, with weights that change (`onnxruntime/contrib_ops/cpu/nchwc_ops.cc`, `core/mlas/lib/snchwc.cpp`). They are
 * internal: the version is pinned, and the engine tries them before it relies on them.
 */
export const NCHWC = 'com.microsoft.nchwc';

/** Shapes as the operators declare them: [B, C, H, W] and [O, I, h, w], whatever lies in memory. */
export const declaredImage = ([batch, count, height, width, block]: Shape): Shape => [
  batch!,
  count! * block!,
  height!,
  width!,
];
export const declaredFilter = ([o, i, height, width, inputBlock, outputBlock]: Shape): Shape => [
  o! * outputBlock!,
  i! * inputBlock!,
  height!,
  width!,
];

/** ONNX order of padding: [top, left, bottom, right]. */
export const pads = ([top, bottom, left, right]: readonly number[]): readonly number[] => [
  top!,
  left!,
  bottom!,
  right!,
];

/** [n, b, b] with the last two axes exchanged: three times faster than Transpose. */
export const transposeBlocks = (b: OnnxBuilder, value: string, count: number, block: number): string =>
  b.node(
    'ReorderOutput',
    [b.reshape(value, [count, block, block], [count, block, block, 1])],
    { channels: block },
    NCHWC,
  );

/** Rows of a matrix in another order: one pass of long copies, where Transpose moves single numbers. */
export const gatherRows = (
  b: OnnxBuilder,
  value: string,
  from: Shape,
  [rows, columns]: readonly [number, number],
  order: readonly number[],
): string =>
  order.length === rows && order.every((row, at) => row === at)
    ? b.reshape(value, from, [rows, columns])
    : b.node('Gather', [b.reshape(value, from, [rows, columns]), b.ints(order)], { axis: 0 });

/** Σ over the slowest axis of [n, length], as a product with ones: threaded, unlike ReduceSum. */
export const sumRows = (
  b: OnnxBuilder,
  value: string,
  from: Shape,
  [rows, columns]: readonly [number, number],
): string =>
  rows === 1
    ? b.reshape(value, from, [1, columns])
    : b.node('MatMul', [
        b.constant(new Float32Array(rows).fill(1), [1, rows]),
        b.reshape(value, from, [rows, columns]),
      ]);
