import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { laidOut } from './convolution.ts';
import { upsampleNearestGradient } from './upsample-nearest-gradient.ts';

export const upsampleNearestOperation: Operation = {
  name: 'upsampleNearest',
  doc: 'Doubles height and width of [B, H, W, C]: each pixel becomes 2×2.',
  shape: ([x]) => [x![0]!, 2 * x![1]!, 2 * x![2]!, x![3]!],
  flops: () => 0,
  vjp: ({ dy }) => [upsampleNearestGradient(dy)],
  batch: ([x]) => x ?? 'whole',
  lower: {
    reference: ([x], _, out) => {
      const [batch, rows, columns, channels] = out.shape as [number, number, number, number];
      let at = 0;
      for (let b = 0; b < batch; b++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const from = ((b * (rows / 2) + (r >> 1)) * (columns / 2) + (c >> 1)) * channels;
            for (let k = 0; k < channels; k++) out.data[at++] = x!.data[from + k]!;
          }
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs, shape }) =>
      b.op('ResizeNearestNeighbor', [...inputs, b.ints(shape.slice(1, 3))], { T: { type: 'float' } }),
  },
  samples: [{ shapes: [[2, 2, 3, 2]] }, { shapes: [[1, 2, 2, 16]] }],
};

/** Each pixel as a block of 2×2. */
export const upsampleNearest = (x: Value): Value => x.builder.emit(upsampleNearestOperation, [x]);
