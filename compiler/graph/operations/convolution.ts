import type { TensorflowAttribute } from '../../lower/tensorflow/builder.ts';
import type { Attributes, Shape } from '../graph.ts';
import { size } from '../shape.ts';

/** How a filter moves over an image: [vertical, horizontal]; padding with zeros [top, bottom, left, right]. */
export interface Geometry {
  readonly strides: readonly [number, number];
  readonly padding: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

export const geometryOf = (attributes: Attributes): Geometry => attributes as unknown as Geometry;

/** Output size of a k×k convolution with stride 1 that keeps the size of the image. */
export const samePadding = (kernel: number): Geometry['padding'] => {
  const before = Math.floor((kernel - 1) / 2);
  return [before, kernel - 1 - before, before, kernel - 1 - before];
};

/** Shape of the output for an image [B, H, W, I] and a filter [h, w, I, O]. */
export function convolvedShape(
  image: Shape,
  filter: Shape,
  { strides, padding, dilations }: Geometry,
): Shape {
  const [batch, height, width, channels] = image as [number, number, number, number];
  const [kh, kw, inputs, outputs] = filter as [number, number, number, number];
  if (image.length !== 4 || filter.length !== 4 || channels !== inputs)
    throw new Error(`convolution of [${image}] with a filter [${filter}]`);
  const along = (n: number, k: number, before: number, after: number, stride: number, dilation: number) =>
    Math.floor((n + before + after - (dilation * (k - 1) + 1)) / stride) + 1;
  return [
    batch,
    along(height, kh, padding[0], padding[1], strides[0], dilations[0]),
    along(width, kw, padding[2], padding[3], strides[1], dilations[1]),
    outputs,
  ];
}

/** One multiplication and one addition for each output element, tap and input channel. */
export const convolutionFlops = (filter: Shape, output: Shape): number =>
  2 * size(output) * size(filter.slice(0, 3));

/**
 * Calls `visit` for every pair of an image row of channels and a filter tap that meet in an output row of channels:
 * offsets of image [.., I], filter [I, O] and output [.., O]. What all three directions of a convolution share.
 */
export function walkTaps(
  image: Shape,
  filter: Shape,
  output: Shape,
  { strides, padding, dilations }: Geometry,
  visit: (image: number, filter: number, output: number) => void,
): void {
  const [batch, height, width, inputs] = image as [number, number, number, number];
  const [kh, kw, , outputs] = filter as [number, number, number, number];
  const [, rows, columns] = output as [number, number, number, number];
  for (let b = 0; b < batch; b++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        for (let i = 0; i < kh; i++) {
          const y = r * strides[0] - padding[0] + i * dilations[0];
          if (y < 0 || y >= height) continue;
          for (let j = 0; j < kw; j++) {
            const x = c * strides[1] - padding[2] + j * dilations[1];
            if (x < 0 || x >= width) continue;
            visit(
              ((b * height + y) * width + x) * inputs,
              (i * kw + j) * inputs * outputs,
              ((b * rows + r) * columns + c) * outputs,
            );
          }
        }
}

/** Attributes of TensorFlow's three convolution operations. `SAME` and `VALID` are its fast paths. */
export function tensorflowGeometry(
  image: Shape,
  filter: Shape,
  geometry: Geometry,
): Record<string, TensorflowAttribute> {
  const { strides, padding, dilations } = geometry;
  const same = [0, 1].flatMap((axis) => {
    const [n, k, stride] = [image[axis + 1]!, (filter[axis]! - 1) * dilations[axis]! + 1, strides[axis]!];
    const total = Math.max((Math.ceil(n / stride) - 1) * stride + k - n, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
  const kind = padding.every((p) => p === 0)
    ? 'VALID'
    : padding.every((p, i) => p === same[i])
      ? 'SAME'
      : 'EXPLICIT';
  return {
    T: { type: 'float' },
    strides: { ints: [1, ...strides, 1] },
    dilations: { ints: [1, ...dilations, 1] },
    padding: { string: kind },
    explicit_paddings: { ints: kind === 'EXPLICIT' ? [0, 0, ...padding, 0, 0] : [] },
    data_format: { string: 'NHWC' },
  };
}

/** Why the operations on NHWC images have no ONNX form. */
export const laidOut = { never: 'the layout pass of the native engine replaces it' } as const;

/** Shapes of image and filter and the geometries that the tests run. */
export const convolutionSamples = [
  { image: [2, 6, 5, 2], filter: [3, 3, 2, 3], strides: [1, 1], padding: [1, 1, 1, 1], dilations: [1, 1] },
  { image: [2, 6, 8, 3], filter: [4, 4, 3, 2], strides: [2, 2], padding: [1, 1, 1, 1], dilations: [1, 1] },
  { image: [1, 4, 4, 16], filter: [1, 1, 16, 16], strides: [1, 1], padding: [0, 0, 0, 0], dilations: [1, 1] },
  { image: [3, 8, 8, 16], filter: [3, 3, 16, 32], strides: [1, 1], padding: [1, 1, 1, 1], dilations: [1, 1] },
] as const;
