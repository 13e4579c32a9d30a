import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';
import { biasGradient } from './bias-gradient.ts';
import { laidOut } from './convolution.ts';

export const biasAddOperation: Operation = {
  name: 'biasAdd',
  doc: 'Adds one number a channel: [B, H, W, C] + [C].',
  shape: ([x, bias]) => {
    if (x!.length !== 4 || bias!.length !== 1 || x![3] !== bias![0])
      throw new Error(`biasAdd of [${bias}] to [${x}]`);
    return x!;
  },
  flops: (_, output) => size(output),
  vjp: ({ dy }) => [dy, biasGradient(dy)],
  batch: ([x, bias]) => (x === 0 && bias === undefined ? 0 : 'whole'),
  lower: {
    reference: ([x, bias], _, out) => {
      const channels = bias!.data.length;
      for (let i = 0; i < out.data.length; i++) out.data[i] = x!.data[i]! + bias!.data[i % channels]!;
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs }) =>
      b.op('BiasAdd', inputs, { T: { type: 'float' }, data_format: { string: 'NHWC' } }),
  },
  samples: [{ shapes: [[2, 3, 4, 5], [5]] }, { shapes: [[2, 4, 4, 16], [16]] }],
};

/** x [B, H, W, C] with one number added to each channel. */
export const biasAdd = (x: Value, bias: Value): Value => x.builder.emit(biasAddOperation, [x, bias]);
