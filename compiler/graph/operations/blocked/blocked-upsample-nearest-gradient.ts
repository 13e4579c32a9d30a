import { plainUpsampleGradient } from '../../../lower/onnx/nchw/pooling.ts';
import { upsampleGradient } from '../../../lower/onnx/nchwc/pooling.ts';
import type { Value } from '../../builder.ts';
import { size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const blockedUpsampleNearestGradientOperation = blockedOperation({
  name: 'blockedUpsampleNearestGradient',
  doc: 'Sum of each 2×2 block of pixels of a blocked image.',
  shape: ([dy]) => [dy![0]!, dy![1]!, dy![2]! / 2, dy![3]! / 2, dy![4]!],
  flops: ([dy]) => size(dy!),
  lower: {
    reference: ([dy], _, out) => {
      const [batch, count, rows, columns, block] = dy!.shape as [number, number, number, number, number];
      let at = 0;
      for (let plane = 0; plane < batch * count; plane++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const to = ((plane * (rows / 2) + (r >> 1)) * (columns / 2) + (c >> 1)) * block;
            for (let k = 0; k < block; k++) out.data[to + k]! += dy!.data[at++]!;
          }
    },
    onnx: (context) => (context.shape[4] === 1 ? plainUpsampleGradient(context) : upsampleGradient(context)),
  },
  samples: [{ shapes: [[2, 2, 6, 4, 16]] }, { shapes: [[2, 3, 6, 4, 1]] }],
});

/** Gradient of `blockedUpsampleNearest`. */
export const blockedUpsampleNearestGradient = (dy: Value): Value =>
  dy.builder.emit(blockedUpsampleNearestGradientOperation, [dy]);
