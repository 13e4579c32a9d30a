import { plainFilterGradient } from '../../../lower/onnx/nchw/filter-gradient.ts';
import { filterGradient } from '../../../lower/onnx/nchwc/filter-gradient.ts';
import type { Value } from '../../builder.ts';
import { equal } from '../../shape.ts';
import { convolutionFlops, convolvedShape, type Geometry, geometryOf } from '../convolution.ts';
import { blockedOperation, filterIndex, filterShape, flatFilter, flatImage, imageIndex } from './layout.ts';

export const blockedFilterGradientOperation = blockedOperation({
  name: 'blockedFilterGradient',
  doc: 'Gradient of `blockedConv2d` for its filter. `exchange` says that dy is the one to be copied, not x.',
  shape: ([x, dy], attributes) => {
    const geometry = geometryOf(attributes);
    const [images, gradients] = [flatImage(x!), flatImage(dy!)];
    const filter = [...(attributes.kernel as number[]), images[3]!, gradients[3]!];
    if (!equal(convolvedShape(images, filter, geometry), gradients))
      throw new Error(`blockedFilterGradient of [${x}] and [${dy}]`);
    const simple = [...geometry.strides, ...geometry.dilations].every((n) => n === 1);
    if (attributes.exchange ? !simple || x![4] === 1 : dy![4] === 1 && x![4] !== 1)
      throw new Error('blockedFilterGradient: the image that stays in place must be blocked');
    return filterShape(filter, x![4]!, dy![4]!);
  },
  flops: ([, dy], output) => convolutionFlops(flatFilter(output), flatImage(dy!)),
  lower: {
    reference: ([x, dy], attributes, out) => {
      const { strides, padding, dilations } = geometryOf(attributes);
      const [kh, kw, inputs, outputs] = flatFilter(out.shape) as [number, number, number, number];
      const [batch, height, width] = flatImage(dy!.shape) as [number, number, number];
      const [, rows, columns] = flatImage(x!.shape) as [number, number, number];
      const [from, gradient, tap] = [imageIndex(x!.shape), imageIndex(dy!.shape), filterIndex(out.shape)];
      for (let n = 0; n < batch; n++)
        for (let y = 0; y < height; y++)
          for (let c = 0; c < width; c++)
            for (let i = 0; i < kh; i++)
              for (let j = 0; j < kw; j++) {
                const r = y * strides[0] - padding[0] + i * dilations[0];
                const s = c * strides[1] - padding[2] + j * dilations[1];
                if (r < 0 || r >= rows || s < 0 || s >= columns) continue;
                for (let m = 0; m < inputs; m++)
                  for (let k = 0; k < outputs; k++)
                    out.data[tap(i, j, m, k)]! +=
                      x!.data[from(n, r, s, m)]! * dy!.data[gradient(n, y, c, k)]!;
              }
    },
    onnx: (context) =>
      context.shape[4] === 1 && context.shape[5] === 1
        ? plainFilterGradient(context)
        : filterGradient(context),
  },
  samples: [
    { x: [2, 1, 5, 6, 16], outputs: [2, 16], kernel: [3, 3], padding: [1, 1, 1, 1] },
    { x: [3, 2, 5, 6, 16], outputs: [2, 16], kernel: [3, 3], padding: [1, 1, 1, 1], exchange: true },
    { x: [2, 2, 5, 6, 16], outputs: [1, 16], kernel: [2, 3], padding: [0, 1, 2, 0], exchange: true },
    { x: [2, 3, 5, 6, 1], outputs: [2, 16], kernel: [3, 3], padding: [1, 1, 1, 1] },
    { x: [2, 2, 8, 6, 16], outputs: [2, 16], kernel: [4, 4], padding: [1, 1, 1, 1], strides: [2, 2] },
    { x: [2, 1, 8, 7, 16], outputs: [1, 16], kernel: [3, 3], padding: [0, 0, 0, 0], strides: [2, 2] },
    { x: [1, 2, 9, 8, 16], outputs: [1, 16], kernel: [3, 3], padding: [2, 2, 2, 2], dilations: [2, 2] },
    { x: [20, 1, 4, 4, 16], outputs: [1, 16], kernel: [3, 3], padding: [1, 1, 1, 1] },
    { x: [2, 2, 4, 5, 16], outputs: [2, 1], kernel: [1, 1], padding: [0, 0, 0, 0], exchange: true },
    { x: [2, 1, 4, 5, 16], outputs: [3, 1], kernel: [3, 3], padding: [1, 1, 1, 1], exchange: true },
    { x: [2, 2, 5, 6, 1], outputs: [3, 1], kernel: [3, 3], padding: [1, 1, 1, 1] },
    { x: [2, 2, 8, 7, 1], outputs: [3, 1], kernel: [3, 2], padding: [1, 0, 1, 0], strides: [2, 2] },
  ].map(({ x, outputs: [count, block], exchange = false, ...given }) => {
    const attributes = { strides: [1, 1], dilations: [1, 1], exchange, ...given };
    const image = flatImage(x);
    const filter = [...given.kernel, image[3]!, count! * block!];
    const [batch, height, width] = convolvedShape(image, filter, geometryOf(attributes));
    return { shapes: [x, [batch!, count!, height!, width!, block!]], attributes };
  }),
});

/** Gradient of `blockedConv2d` for a filter of this kernel size. */
export const blockedFilterGradient = (
  x: Value,
  dy: Value,
  kernel: readonly [number, number],
  { strides, padding, dilations }: Geometry,
  exchange: boolean,
): Value =>
  x.builder.emit(blockedFilterGradientOperation, [x, dy], { kernel, strides, padding, dilations, exchange });
