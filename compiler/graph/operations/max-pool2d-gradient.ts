import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { equal, size } from '../shape.ts';
import { laidOut } from './convolution.ts';
import { pooledShape, tensorflowPooling } from './max-pool2d.ts';

export const maxPool2dGradientOperation: Operation = {
  name: 'maxPool2dGradient',
  doc: 'Gradient of `maxPool2d`: all of it goes to the first maximum of a window, in row-major order.',
  shape: ([x, y, dy]) => {
    if (!equal(pooledShape(x!), y!) || !equal(y!, dy!))
      throw new Error(`maxPool2dGradient of [${x}], [${y}], [${dy}]`);
    return x!;
  },
  flops: ([x]) => 2 * size(x!),
  vjp: () => {
    throw new Error('the second derivative of a maximum is not supported');
  },
  batch: (axes) => (axes.every((axis) => axis === 0) ? 0 : 'whole'),
  lower: {
    reference: ([x, y, dy], _, out) => {
      const [, height, width, channels] = x!.shape as [number, number, number, number];
      const [batch, rows, columns] = y!.shape as [number, number, number];
      let at = 0;
      for (let b = 0; b < batch; b++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < channels; k++, at++) {
              const first = ((b * height + 2 * r) * width + 2 * c) * channels + k;
              const below = first + width * channels;
              const window = [first, first + channels, below, below + channels];
              out.data[window.find((i) => x!.data[i] === y!.data[at])!]! += dy!.data[at]!;
            }
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs }) => b.op('MaxPoolGrad', inputs, tensorflowPooling),
  },
  samples: [],
};

/** Gradient of `maxPool2d` with input x and output y. */
export const maxPool2dGradient = (x: Value, y: Value, dy: Value): Value =>
  x.builder.emit(maxPool2dGradientOperation, [x, y, dy]);
