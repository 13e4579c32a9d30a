import { plainMaxPoolGradient } from '../../../lower/onnx/nchw/pooling.ts';
import { maxPoolGradient } from '../../../lower/onnx/nchwc/pooling.ts';
import type { Value } from '../../builder.ts';
import { equal, size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const blockedMaxPool2dGradientOperation = blockedOperation({
  name: 'blockedMaxPool2dGradient',
  doc: 'Gradient of `blockedMaxPool2d`: all of it goes to the first maximum of a window, in row-major order.',
  shape: ([x, y, dy]) => {
    const even = x![2]! % 2 === 0 && x![3]! % 2 === 0;
    if (!equal(y!, dy!) || (x![4] !== 1 && !even))
      throw new Error(`blockedMaxPool2dGradient of [${x}], [${y}], [${dy}]`);
    return x!;
  },
  flops: ([x]) => 2 * size(x!),
  lower: {
    reference: ([x, y, dy], _, out) => {
      const [batch, count, rows, columns, block] = y!.shape as [number, number, number, number, number];
      const [, , height, width] = x!.shape as [number, number, number, number];
      let at = 0;
      for (let plane = 0; plane < batch * count; plane++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < block; k++, at++) {
              const first = ((plane * height + 2 * r) * width + 2 * c) * block + k;
              const below = first + width * block;
              const places = [first, first + block, below, below + block];
              out.data[places.find((i) => x!.data[i] === y!.data[at])!]! += dy!.data[at]!;
            }
    },
    onnx: (context) => (context.shape[4] === 1 ? plainMaxPoolGradient(context) : maxPoolGradient(context)),
  },
  samples: [],
});

/** Gradient of `blockedMaxPool2d` with input x and output y. */
export const blockedMaxPool2dGradient = (x: Value, y: Value, dy: Value): Value =>
  x.builder.emit(blockedMaxPool2dGradientOperation, [x, y, dy]);
