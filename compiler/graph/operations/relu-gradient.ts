import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { equal } from '../shape.ts';
import { binary, emitBinary } from './elementwise.ts';

export const reluGradientOperation: Operation = {
  ...binary({
    name: 'reluGradient',
    doc: 'dy where y > 0, else 0. Of the output y, so that the input of the ReLU need not be kept.',
    compute: (dy, y) => (y > 0 ? dy : 0),
    vjp: ({ y, dy }) => [reluGradient(dy, y), undefined],
    // Sign and Where are several times slower than this saturating ramp.
    onnx: ({ b, inputs: [dy, y] }) =>
      b.node('Mul', [dy!, b.node('HardSigmoid', [y!], { alpha: { float: 1e38 }, beta: { float: 0 } })]),
    tensorflow: 'ReluGrad',
  }),
  // ReluGrad of TensorFlow stretches nothing, and a gradient has the shape of its value anyway.
  shape: ([dy, y]) => {
    if (!equal(dy!, y!)) throw new Error(`reluGradient of [${y}] is given a gradient of [${dy}]`);
    return y!;
  },
  samples: [
    {
      shapes: [
        [2, 3, 5],
        [2, 3, 5],
      ],
    },
  ],
};

/** Gradient of `relu`, from the gradient dy and the output y of it. */
export const reluGradient = (dy: Value, y: Value): Value => emitBinary(reluGradientOperation, dy, y);
