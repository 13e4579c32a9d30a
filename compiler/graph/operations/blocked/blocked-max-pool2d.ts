import { plainMaxPool } from '../../../lower/onnx/nchw/pooling.ts';
import { maxPool } from '../../../lower/onnx/nchwc/pooling.ts';
import type { Value } from '../../builder.ts';
import { size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const blockedMaxPool2dOperation = blockedOperation({
  name: 'blockedMaxPool2d',
  doc: 'Maximum of each 2×2 window of a blocked image, stride 2; an odd last row or column is dropped.',
  shape: ([x]) => [x![0]!, x![1]!, Math.floor(x![2]! / 2), Math.floor(x![3]! / 2), x![4]!],
  flops: ([x]) => size(x!),
  lower: {
    reference: ([x], _, out) => {
      const [batch, count, rows, columns, block] = out.shape as [number, number, number, number, number];
      const [, , height, width] = x!.shape as [number, number, number, number];
      let at = 0;
      for (let plane = 0; plane < batch * count; plane++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < block; k++) {
              const first = ((plane * height + 2 * r) * width + 2 * c) * block + k;
              const below = first + width * block;
              out.data[at++] = Math.max(
                x!.data[first]!,
                x!.data[first + block]!,
                x!.data[below]!,
                x!.data[below + block]!,
              );
            }
    },
    onnx: (context) => (context.shape[4] === 1 ? plainMaxPool(context) : maxPool(context)),
  },
  samples: [
    { shapes: [[2, 2, 4, 6, 16]] },
    { shapes: [[2, 1, 5, 7, 16]] },
    { shapes: [[2, 3, 4, 6, 1]] },
    { shapes: [[2, 3, 5, 7, 1]] },
  ],
});

/** Maximum of each 2×2 window, stride 2. */
export const blockedMaxPool2d = (x: Value): Value => x.builder.emit(blockedMaxPool2dOperation, [x]);
