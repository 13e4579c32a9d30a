import type { Shape } from '../../../graph/graph.ts';
import type { LoweringContext } from '../../../graph/operation.ts';
import { geometryOf } from '../../../graph/operations/convolution.ts';
import type { OnnxBuilder } from '../builder.ts';
import { correlate } from './correlation.ts';
import { declaredImage, gatherRows, NCHWC, pads, transposeBlocks } from './layout.ts';

type Padding = readonly [top: number, bottom: number, left: number, right: number];

/**
 * `blockedFilterGradient` as a correlation of the two images. Either may take the part of the image that is padded and
 * turned to channels-last, the other one is used as it lies in memory:
 * without `exchange` the image is x; with it the image is dy, the taps come out backwards and the blocks transposed.
 */
export const filterGradient = (context: LoweringContext<OnnxBuilder>): string =>
  context.attributes.exchange ? exchanged(context) : direct(context);

function direct({ b, inputs, inputShapes, attributes, shape }: LoweringContext<OnnxBuilder>): string {
  const [x, dy] = inputShapes as [Shape, Shape];
  const { strides, padding, dilations } = geometryOf(attributes);
  const [outputs, inputBlocks, kh, kw, inputBlock, outputBlock] = shape as Six;
  const reach = [(kh - 1) * dilations[0] + 1, (kw - 1) * dilations[1] + 1] as const;
  const bottom = reach[0] + strides[0] * (dy[2]! - 1) - x[2]! - padding[0];
  const right = reach[1] + strides[1] * (dy[3]! - 1) - x[3]! - padding[2];
  const image = channelsLast(b, inputs[0]!, x, [padding[0], bottom, padding[2], right]);
  const product = correlate(b, image, filterOf(b, inputs[1]!, dy), strides);
  const shifts = [outputs, ...reach, image.channels, outputBlock];
  const taps = everyTap(b, b.reshape(product.value, product.shape, shifts), shifts, dilations);
  const order: number[] = [];
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputBlocks; i++)
      for (let tap = 0; tap < kh * kw; tap++) order.push((o * kh * kw + tap) * inputBlocks + i);
  const rows = [order.length, inputBlock * outputBlock] as const;
  return b.reshape(
    gatherRows(b, taps, [outputs, kh, kw, image.channels, outputBlock], rows, order),
    rows,
    shape,
  );
}

function exchanged({ b, inputs, inputShapes, attributes, shape }: LoweringContext<OnnxBuilder>): string {
  const [x, dy] = inputShapes as [Shape, Shape];
  const { padding } = geometryOf(attributes);
  const [outputs, inputBlocks, kh, kw, inputBlock, outputBlock] = shape as Six;
  const [top, left] = [kh - 1 - padding[0], kw - 1 - padding[2]];
  const bottom = kh - 1 + x[2]! - dy[2]! - top;
  const right = kw - 1 + x[3]! - dy[3]! - left;
  const image = channelsLast(b, inputs[1]!, dy, [top, bottom, left, right]);
  const product = correlate(b, image, filterOf(b, inputs[0]!, x), [1, 1]);
  const order: number[] = [];
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputBlocks; i++)
      for (let tap = kh * kw - 1; tap >= 0; tap--) order.push((i * kh * kw + tap) * outputs + o);
  const rows = [order.length, inputBlock * outputBlock] as const;
  if (outputBlock === 1)
    return b.reshape(gatherRows(b, product.value, product.shape, rows, order), rows, shape);
  const count = [order.length, inputBlock, outputBlock];
  const turned = transposeBlocks(b, b.reshape(product.value, product.shape, count), order.length, inputBlock);
  const turnedShape = [order.length, inputBlock, outputBlock, 1];
  return b.reshape(gatherRows(b, turned, turnedShape, rows, order), rows, shape);
}

type Six = readonly [number, number, number, number, number, number];

/** With dilation the correlation gives shifts between the taps too. */
function everyTap(b: OnnxBuilder, value: string, shape: Shape, dilations: readonly [number, number]): string {
  if (dilations[0] === 1 && dilations[1] === 1) return value;
  const ends = [shape[1]!, shape[2]!];
  return b.node('Slice', [value, b.ints([0, 0]), b.ints(ends), b.ints([1, 2]), b.ints(dilations)]);
}

const filterOf = (b: OnnxBuilder, value: string, shape: Shape) => {
  const [batch, blocks, height, width, block] = shape as readonly [number, number, number, number, number];
  return {
    value: b.reshape(value, shape, [batch * blocks * block, 1, height, width]),
    blocks,
    height,
    width,
    block,
  };
};

/** A blocked image, padded (or cut, where negative), as [1, B, H, W · C]. */
function channelsLast(b: OnnxBuilder, value: string, shape: Shape, padding: Padding) {
  const [batch, blocks, height, width, block] = shape as readonly [number, number, number, number, number];
  const [top, bottom, left, right] = padding;
  const image = {
    batch,
    channels: blocks * block,
    height: height + top + bottom,
    width: width + left + right,
  };
  const nhwc = [batch, image.height, image.width, image.channels];
  const padded = block > 1 && padding.every((n) => n >= 0);
  const turned = padded
    ? turn(b, pad(b, value, shape, padding), [batch, blocks, image.height, image.width, block])
    : cut(b, turn(b, value, shape), padding);
  return { ...image, value: b.reshape(turned, nhwc, [1, batch, image.height, image.width * image.channels]) };
}

/** Zeros around a blocked image, by a depthwise convolution with ones: threaded, unlike Pad. */
function pad(b: OnnxBuilder, value: string, shape: Shape, padding: Padding): string {
  if (padding.every((n) => n === 0)) return value;
  const [batch, blocks, height, width, block] = shape as readonly [number, number, number, number, number];
  const [top, bottom, left, right] = padding;
  const group = blocks * block;
  const ones = b.constant(new Float32Array(group).fill(1), [group, 1, 1, 1]);
  const padded = b.node(
    'Conv',
    [b.reshape(value, shape, declaredImage(shape)), ones],
    { kernel_shape: [1, 1], pads: pads(padding), group },
    NCHWC,
  );
  const to = [batch, blocks, height + top + bottom, width + left + right, block];
  return b.reshape(padded, declaredImage(to), to);
}

/** A blocked image as [B, H, W, C]. */
function turn(b: OnnxBuilder, value: string, shape: Shape): string {
  const [batch, blocks, height, width, block] = shape as readonly [number, number, number, number, number];
  const nhwc = [batch, height, width, blocks * block];
  if (blocks === 1) return b.reshape(value, shape, nhwc);
  if (block > 1)
    return b.node(
      'ReorderOutput',
      [b.reshape(value, shape, declaredImage(shape))],
      { channels: blocks * block, channels_last: 1 },
      NCHWC,
    );
  return b.node('Transpose', [b.reshape(value, shape, declaredImage(shape))], { perm: [0, 2, 3, 1] });
}

/** Zeros around an image [B, H, W, C]; a negative number takes rows or columns away. */
function cut(b: OnnxBuilder, value: string, padding: Padding): string {
  if (padding.every((n) => n === 0)) return value;
  const [top, bottom, left, right] = padding;
  return b.node('Pad', [value, b.ints([0, top, left, 0, 0, bottom, right, 0])]);
}
