import type { GraphBuilder, Value } from '../builder.ts';
import { conv2d } from '../operations/conv2d.ts';
import { conv2dFilterGradient } from '../operations/conv2d-filter-gradient.ts';
import { conv2dInputGradient } from '../operations/conv2d-input-gradient.ts';
import type { Geometry } from '../operations/convolution.ts';
import { matmulOperation } from '../operations/matmul.ts';
import { reshape, reshapeOperation } from '../operations/reshape.ts';
import { transpose } from '../operations/transpose.ts';
import { type Pass, type RewriteContext, rewrite } from './rewrite.ts';

const pointwise: Geometry = { strides: [1, 1], padding: [0, 0, 0, 0], dilations: [1, 1] };

/**
 * A product of a matrix with the pixels of an image is a 1×1 convolution, and so are its gradients. For an engine that
 * has images in blocks of channels, where a convolution is cheaper than to put all pixels into one matrix.
 *
 *   w [C, K]ᵀ · x [B·H·W, C]ᵀ → [K, B·H·W]      the head of a network, class first
 *   x [B·H·W, C]ᵀ · d [K, B·H·W]ᵀ → [C, K]      its gradient for w
 *   d [K, B·H·W]ᵀ · w [C, K]ᵀ → [B·H·W, C]      its gradient for x, where that becomes an image
 */
export const convolvePixels: Pass = (graph) =>
  rewrite(graph, (context) => pixelsTimesMatrix(context) ?? imageOfProduct(context));

const isTwiceTransposed = (builder: GraphBuilder, value: Value): boolean => {
  const { operation, attributes } = builder.node(value);
  return operation === matmulOperation && Boolean(attributes.transposeX && attributes.transposeY);
};

/**
 * The image [B, H, W, C] that a matrix [B·H·W, C] was. A 1×1 filter [1, 1, C, K] may have been reshaped too, but is
 * multiplied with more pixels than it has rows.
 */
function imageOf(builder: GraphBuilder, value: Value, other: number): Value | undefined {
  const { operation, inputs } = builder.node(value);
  if (operation !== reshapeOperation || value.shape[0]! < other) return undefined;
  const image = builder.value(inputs[0]!);
  return image.shape.length === 4 && image.shape[3] === value.shape[1] ? image : undefined;
}

function pixelsTimesMatrix({ builder, node, inputs: [x, y] }: RewriteContext): Value | undefined {
  const { transposeX, transposeY } = node.attributes;
  if (node.operation !== matmulOperation || !transposeX || !transposeY) return undefined;
  const right = imageOf(builder, y!, x!.shape[1]!);
  if (right) {
    const [channels, classes] = x!.shape as [number, number];
    const product = conv2d(right, reshape(x!, [1, 1, channels, classes]), pointwise);
    return reshape(transpose(product, [3, 0, 1, 2]), node.shape);
  }
  const left = imageOf(builder, x!, y!.shape[0]!);
  if (!left) return undefined;
  const [channels, classes] = node.shape as [number, number];
  const gradient = classesLast(y!, [...left.shape.slice(0, 3), classes]);
  return reshape(conv2dFilterGradient(left, gradient, [1, 1, channels, classes], pointwise), node.shape);
}

function imageOfProduct({ builder, node, inputs: [product] }: RewriteContext): Value | undefined {
  const becomesImage =
    node.operation === reshapeOperation &&
    node.shape.length === 4 &&
    node.shape[3] === product!.shape.at(-1) &&
    isTwiceTransposed(builder, product!);
  if (!becomesImage) return undefined;
  const [d, w] = builder.node(product!).inputs.map((id) => builder.value(id)) as [Value, Value];
  const [channels, classes] = w.shape as [number, number];
  const gradient = classesLast(d, [...node.shape.slice(0, 3), classes]);
  return conv2dInputGradient(gradient, reshape(w, [1, 1, channels, classes]), node.shape, pointwise);
}

/** [K, B·H·W] as an image [B, H, W, K]. */
function classesLast(value: Value, [batch, height, width, classes]: readonly number[]): Value {
  const image = reshape(value, [classes!, batch!, height!, width!]);
  return transpose(image, [1, 2, 3, 0]);
}
