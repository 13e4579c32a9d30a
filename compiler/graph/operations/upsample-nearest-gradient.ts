import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';
import { laidOut } from './convolution.ts';
import { tensorflowPooling } from './max-pool2d.ts';
import { upsampleNearest } from './upsample-nearest.ts';

export const upsampleNearestGradientOperation: Operation = {
  name: 'upsampleNearestGradient',
  doc: 'Sum of each 2×2 block of [B, H, W, C].',
  shape: ([dy]) => {
    if (dy![1]! % 2 !== 0 || dy![2]! % 2 !== 0) throw new Error(`upsampleNearestGradient of [${dy}]`);
    return [dy![0]!, dy![1]! / 2, dy![2]! / 2, dy![3]!];
  },
  flops: ([dy]) => size(dy!),
  vjp: ({ dy }) => [upsampleNearest(dy)],
  batch: ([dy]) => dy ?? 'whole',
  lower: {
    reference: ([dy], _, out) => {
      const [batch, rows, columns, channels] = dy!.shape as [number, number, number, number];
      let at = 0;
      for (let b = 0; b < batch; b++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const to = ((b * (rows / 2) + (r >> 1)) * (columns / 2) + (c >> 1)) * channels;
            for (let k = 0; k < channels; k++) out.data[to + k]! += dy!.data[at++]!;
          }
    },
    onnx: laidOut,
    // Not ResizeNearestNeighborGrad, which adds in any order on a card; times 4 is exact.
    tensorflow: ({ b, inputs: [dy] }) =>
      b.op('Mul', [b.op('AvgPool', [dy!], tensorflowPooling), b.constant([4], [])], { T: { type: 'float' } }),
  },
  samples: [{ shapes: [[2, 4, 6, 2]] }, { shapes: [[1, 4, 4, 16]] }],
};

/** Gradient of `upsampleNearest`. */
export const upsampleNearestGradient = (dy: Value): Value =>
  dy.builder.emit(upsampleNearestGradientOperation, [dy]);
