import type { Value } from '../../builder.ts';
import { size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const blockedBiasAddOperation = blockedOperation({
  name: 'blockedBiasAdd',
  doc: 'Adds one number a channel to a blocked image.',
  shape: ([x, bias]) => {
    if (bias![0] !== x![1]! * x![4]!) throw new Error(`blockedBiasAdd of [${bias}] to [${x}]`);
    return x!;
  },
  flops: (_, output) => size(output),
  lower: {
    reference: ([x, bias], _, out) => {
      const [, count, height, width, block] = x!.shape as [number, number, number, number, number];
      const plane = height * width * block;
      for (let i = 0; i < out.data.length; i++)
        out.data[i] = x!.data[i]! + bias!.data[(Math.floor(i / plane) % count) * block + (i % block)]!;
    },
    onnx: ({ b, inputs: [x, bias], inputShapes: [image, vector] }) =>
      b.node('Add', [x!, b.reshape(bias!, vector!, [1, image![1]!, 1, 1, image![4]!])]),
  },
  samples: [{ shapes: [[2, 2, 3, 4, 16], [32]] }, { shapes: [[2, 3, 3, 4, 1], [3]] }],
});

/** A blocked image with one number added to each channel. */
export const blockedBiasAdd = (x: Value, bias: Value): Value =>
  x.builder.emit(blockedBiasAddOperation, [x, bias]);
