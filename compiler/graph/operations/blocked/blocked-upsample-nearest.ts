import { plainUpsample } from '../../../lower/onnx/nchw/pooling.ts';
import { upsample } from '../../../lower/onnx/nchwc/pooling.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation } from './layout.ts';

export const blockedUpsampleNearestOperation = blockedOperation({
  name: 'blockedUpsampleNearest',
  doc: 'Doubles height and width of a blocked image: each pixel becomes 2×2.',
  shape: ([x]) => [x![0]!, x![1]!, 2 * x![2]!, 2 * x![3]!, x![4]!],
  flops: () => 0,
  lower: {
    reference: ([x], _, out) => {
      const [batch, count, rows, columns, block] = out.shape as [number, number, number, number, number];
      let at = 0;
      for (let plane = 0; plane < batch * count; plane++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const from = ((plane * (rows / 2) + (r >> 1)) * (columns / 2) + (c >> 1)) * block;
            for (let k = 0; k < block; k++) out.data[at++] = x!.data[from + k]!;
          }
    },
    onnx: (context) => (context.shape[4] === 1 ? plainUpsample(context) : upsample(context)),
  },
  samples: [{ shapes: [[2, 2, 3, 4, 16]] }, { shapes: [[2, 3, 3, 4, 1]] }],
});

/** Each pixel as a block of 2×2. */
export const blockedUpsampleNearest = (x: Value): Value =>
  x.builder.emit(blockedUpsampleNearestOperation, [x]);
