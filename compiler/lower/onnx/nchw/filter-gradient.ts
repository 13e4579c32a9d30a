import type { Shape } from '../../../graph/graph.ts';
import type { LoweringContext } from '../../../graph/operation.ts';
import { geometryOf } from '../../../graph/operations/convolution.ts';
import type { OnnxBuilder } from '../builder.ts';

/**
 * `blockedFilterGradient` with blocks of 1, as a convolution of the transposed images: samples take the part of
 * channels, x that of the image, dy that of the filter, and strides become dilations.
 */
export function plainFilterGradient({
  b,
  inputs,
  inputShapes,
  attributes,
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const [x, dy] = inputShapes as [Shape, Shape];
  const { strides, padding, dilations } = geometryOf(attributes);
  const [outputs, channels, kh, kw] = shape as readonly [number, number, number, number];
  const bottom = (kh - 1) * dilations[0] + 1 + strides[0] * (dy[2]! - 1) - x[2]! - padding[0];
  const right = (kw - 1) * dilations[1] + 1 + strides[1] * (dy[3]! - 1) - x[3]! - padding[2];
  const batchLast = (value: string, from: Shape) =>
    b.node('Transpose', [b.reshape(value, from, from.slice(0, 4))], { perm: [1, 0, 2, 3] });
  // A last row or column that no tap reaches is cut off: the operator knows no negative padding.
  const reached =
    bottom < 0 || right < 0
      ? b.node('Slice', [
          batchLast(inputs[0]!, x),
          b.ints([0, 0]),
          b.ints([x[2]! + Math.min(bottom, 0), x[3]! + Math.min(right, 0)]),
          b.ints([2, 3]),
        ])
      : batchLast(inputs[0]!, x);
  const y = b.node('Conv', [reached, batchLast(inputs[1]!, dy)], {
    kernel_shape: [dy[2]!, dy[3]!],
    pads: [padding[0], padding[2], Math.max(bottom, 0), Math.max(right, 0)],
    strides: dilations,
    dilations: strides,
  });
  return b.reshape(b.node('Transpose', [y], { perm: [1, 0, 2, 3] }), [outputs, channels, kh, kw], shape);
}
