import type { Shape } from '../../../graph/graph.ts';
import type { LoweringContext } from '../../../graph/operation.ts';
import { geometryOf } from '../../../graph/operations/convolution.ts';
import type { OnnxBuilder } from '../builder.ts';

/**
 * `blockedFilterGradient` with blocks of 1: for each tap the product of the gradient [B, O, pixels] with the pixels
 * that the tap sees [B, I, pixels]. A convolution of the transposed images is 2 to 3 times slower, because it gathers
 * each pixel as often as there are taps; here it is moved once a tap and read in place.
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
  const [batch, , rows, columns] = dy as readonly [number, number, number, number];
  const image = b.reshape(inputs[0]!, x, x.slice(0, 4));
  const [top, bottom, left, right] = padding;
  const padded = padding.some((n) => n > 0)
    ? b.node('Pad', [image, b.ints([0, 0, top, left, 0, 0, bottom, right])])
    : image;
  const gradient = b.reshape(inputs[1]!, dy, [batch, outputs, rows * columns]);
  const products: string[] = [];
  for (let i = 0; i < kh; i++)
    for (let j = 0; j < kw; j++) {
      const [y, z] = [i * dilations[0], j * dilations[1]];
      const seen = b.node('Slice', [
        padded,
        b.ints([y, z]),
        b.ints([y + strides[0] * (rows - 1) + 1, z + strides[1] * (columns - 1) + 1]),
        b.ints([2, 3]),
        b.ints(strides),
      ]);
      const pixels = b.reshape(seen, [batch, channels, rows, columns], [batch, channels, rows * columns]);
      const product = b.node('FusedMatMul', [gradient, pixels], { transB: 1 }, 'com.microsoft');
      products.push(b.reshape(product, [batch, outputs, channels], [batch, outputs, channels, 1]));
    }
  const taps = products.length === 1 ? products[0]! : b.node('Concat', products, { axis: 3 });
  const sum = b.node('ReduceSum', [taps, b.ints([0])], { keepdims: 0 });
  return b.reshape(sum, [outputs, channels, kh * kw], shape);
}
