import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';
import { broadcast } from './broadcast.ts';
import { laidOut } from './convolution.ts';

export const biasGradientOperation: Operation = {
  name: 'biasGradient',
  doc: 'Sum over batch, height and width: [B, H, W, C] → [C].',
  shape: ([dy]) => {
    if (dy!.length !== 4) throw new Error(`biasGradient of [${dy}]`);
    return [dy![3]!];
  },
  flops: ([dy]) => size(dy!),
  vjp: ({ inputs: [x], dy }) => [broadcast(dy, x!.shape)],
  batch: ([dy]) => (dy === 0 ? 'sum' : 'whole'),
  lower: {
    reference: ([dy], _, out) => {
      const channels = out.data.length;
      for (let i = 0; i < dy!.data.length; i++) out.data[i % channels]! += dy!.data[i]!;
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs }) =>
      b.op('BiasAddGrad', inputs, { T: { type: 'float' }, data_format: { string: 'NHWC' } }),
  },
  samples: [{ shapes: [[2, 3, 4, 5]] }, { shapes: [[2, 4, 4, 16]] }],
};

/** Gradient of `biasAdd` for the bias. */
export const biasGradient = (dy: Value): Value => dy.builder.emit(biasGradientOperation, [dy]);
