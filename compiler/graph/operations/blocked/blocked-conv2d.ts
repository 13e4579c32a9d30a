import { plainConvolution } from '../../../lower/onnx/nchw/convolution.ts';
import { convolution } from '../../../lower/onnx/nchwc/convolution.ts';
import type { Value } from '../../builder.ts';
import { size } from '../../shape.ts';
import { convolutionFlops, convolvedShape, type Geometry, geometryOf } from '../convolution.ts';
import { blockedOperation, filterIndex, flatFilter, flatImage, imageIndex, imageShape } from './layout.ts';

/** What is done in the same pass over the output: relu(x ∗ w + bias + sum). */
export interface Fused {
  readonly bias?: Value | undefined;
  readonly sum?: Value | undefined;
  readonly relu?: boolean;
}

export const blockedConv2dOperation = blockedOperation({
  name: 'blockedConv2d',
  doc: 'Cross-correlation of a blocked image with a blocked filter; then a bias, a second summand and ReLU if so said.',
  shape: ([x, w], attributes) => {
    const image = flatImage(x!);
    const filter = flatFilter(w!);
    if (x![4] !== w![4]) throw new Error(`blockedConv2d of blocks of ${x![4]} with a filter for ${w![4]}`);
    return imageShape(convolvedShape(image, filter, geometryOf(attributes)), w![5]!);
  },
  flops: ([, w], output, attributes) =>
    convolutionFlops(flatFilter(w!), flatImage(output)) +
    ['bias', 'sum', 'relu'].filter((part) => attributes[part]).length * size(output),
  lower: {
    reference: ([x, w, ...rest], attributes, out) => {
      const { strides, padding, dilations } = geometryOf(attributes);
      const bias = attributes.bias ? rest.shift() : undefined;
      const sum = attributes.sum ? rest.shift() : undefined;
      const [kh, kw, inputs] = flatFilter(w!.shape) as [number, number, number];
      const [batch, height, width, outputs] = flatImage(out.shape) as [number, number, number, number];
      const [, rows, columns] = flatImage(x!.shape) as [number, number, number];
      const [from, to, tap] = [imageIndex(x!.shape), imageIndex(out.shape), filterIndex(w!.shape)];
      const at = (n: number, y: number, c: number, k: number) => {
        let total = (bias?.data[k] ?? 0) + (sum?.data[to(n, y, c, k)] ?? 0);
        for (let i = 0; i < kh; i++)
          for (let j = 0; j < kw; j++) {
            const r = y * strides[0] - padding[0] + i * dilations[0];
            const s = c * strides[1] - padding[2] + j * dilations[1];
            if (r < 0 || r >= rows || s < 0 || s >= columns) continue;
            for (let m = 0; m < inputs; m++) total += x!.data[from(n, r, s, m)]! * w!.data[tap(i, j, m, k)]!;
          }
        return attributes.relu ? Math.max(total, 0) : total;
      };
      for (let n = 0; n < batch; n++)
        for (let y = 0; y < height; y++)
          for (let c = 0; c < width; c++)
            for (let k = 0; k < outputs; k++) out.data[to(n, y, c, k)] = at(n, y, c, k);
    },
    onnx: (context) => (context.shape[4] === 1 ? plainConvolution(context) : convolution(context)),
  },
  samples: [
    { x: [2, 1, 5, 6, 16], w: [2, 1, 3, 3, 16, 16], padding: [1, 1, 1, 1] },
    { x: [1, 3, 5, 6, 1], w: [1, 3, 3, 3, 1, 16], padding: [1, 1, 1, 1] },
    { x: [2, 2, 8, 6, 16], w: [1, 2, 4, 4, 16, 16], padding: [1, 1, 1, 1], strides: [2, 2] },
    { x: [2, 1, 5, 6, 16], w: [1, 1, 2, 2, 16, 16], padding: [0, 1, 1, 0] },
    { x: [2, 1, 8, 8, 16], w: [1, 1, 3, 3, 16, 16], padding: [2, 2, 2, 2], dilations: [2, 2] },
    { x: [2, 1, 5, 6, 16], w: [1, 1, 1, 1, 16, 16], padding: [0, 0, 0, 0] },
    { x: [2, 3, 5, 6, 1], w: [4, 3, 3, 3, 1, 1], padding: [1, 1, 1, 1] },
    { x: [2, 3, 5, 6, 1], w: [4, 3, 2, 3, 1, 1], padding: [1, 0, 2, 1], strides: [1, 2] },
  ].flatMap(({ x, w, ...given }) => {
    const geometry = { strides: [1, 1], dilations: [1, 1], ...given };
    const y = imageShape(convolvedShape(flatImage(x), flatFilter(w), geometryOf(geometry)), w[5]!);
    const vector = [w[0]! * w[5]!];
    return [
      { shapes: [x, w], attributes: { ...geometry, bias: false, sum: false, relu: false } },
      { shapes: [x, w, vector], attributes: { ...geometry, bias: true, sum: false, relu: true } },
      { shapes: [x, w, vector, y], attributes: { ...geometry, bias: true, sum: true, relu: true } },
      { shapes: [x, w, y], attributes: { ...geometry, bias: false, sum: true, relu: false } },
    ];
  }),
});

/** Cross-correlation of a blocked image with a blocked filter. */
export function blockedConv2d(
  x: Value,
  w: Value,
  { strides, padding, dilations }: Geometry,
  { bias, sum, relu = false }: Fused = {},
): Value {
  const operands = [x, w, bias, sum].filter((operand) => operand !== undefined);
  return x.builder.emit(blockedConv2dOperation, operands, {
    strides,
    padding,
    dilations,
    bias: bias !== undefined,
    sum: sum !== undefined,
    relu,
  });
}
