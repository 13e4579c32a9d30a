import { biasGradient } from '../../../lower/onnx/nchwc/bias-gradient.ts';
import type { Value } from '../../builder.ts';
import { size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const blockedBiasGradientOperation = blockedOperation({
  name: 'blockedBiasGradient',
  doc: 'Sum of a blocked image over batch, height and width: one number a channel.',
  shape: ([dy]) => [dy![1]! * dy![4]!],
  flops: ([dy]) => size(dy!),
  lower: {
    reference: ([dy], _, out) => {
      const [, count, height, width, block] = dy!.shape as [number, number, number, number, number];
      const plane = height * width * block;
      for (let i = 0; i < dy!.data.length; i++)
        out.data[(Math.floor(i / plane) % count) * block + (i % block)]! += dy!.data[i]!;
    },
    onnx: ({ b, inputs: [dy], inputShapes: [image] }) =>
      image![4] === 1
        ? b.node('ReduceSum', [dy!, b.ints([0, 2, 3, 4])], { keepdims: 0 })
        : biasGradient(b, dy!, image!),
  },
  samples: [{ shapes: [[3, 2, 4, 5, 16]] }, { shapes: [[20, 1, 2, 3, 16]] }, { shapes: [[2, 3, 4, 5, 1]] }],
});

/** Gradient of `blockedBiasAdd` for the bias. */
export const blockedBiasGradient = (dy: Value): Value => dy.builder.emit(blockedBiasGradientOperation, [dy]);
