import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { broadcastShape, broadcastStrides, equal, stretchedAxes, strides } from '../shape.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum.ts';

export const broadcastOperation: Operation = {
  name: 'broadcast',
  doc: 'Stretches axes of length 1, as NumPy does.',
  shape: ([x], attributes) => {
    const shape = attributes.shape as Shape;
    if (!equal(broadcastShape(x!, shape), shape)) throw new Error(`[${x}] does not stretch to [${shape}]`);
    return shape;
  },
  flops: () => 0,
  vjp: ({ inputs: [x], output, dy }) => [reshape(sum(dy, stretchedAxes(x!.shape, output.shape)), x!.shape)],
  batch: ([axis], [x], output) => (axis === undefined ? 'whole' : axis + output.length - x!.length),
  lower: {
    reference: ([x], _, out) => {
      const from = broadcastStrides(x!.shape, out.shape);
      const to = strides(out.shape);
      for (let i = 0; i < out.data.length; i++) {
        let at = 0;
        let rest = i;
        for (let axis = 0; axis < to.length; axis++) {
          at += Math.floor(rest / to[axis]!) * from[axis]!;
          rest %= to[axis]!;
        }
        out.data[i] = x!.data[at]!;
      }
    },
    onnx: ({ b, inputs, shape }) => b.node('Expand', [...inputs, b.ints(shape)]),
    tensorflow: ({ b, inputs, shape }) =>
      b.op('BroadcastTo', [...inputs, b.ints(shape)], { T: { type: 'float' }, Tidx: { type: 'int32' } }),
  },
  samples: [
    { shapes: [[2, 1, 3]], attributes: { shape: [2, 4, 3] } },
    { shapes: [[1]], attributes: { shape: [2, 3] } },
  ],
};

/** x, stretched to this shape. */
export const broadcast = (x: Value, shape: Shape): Value =>
  equal(x.shape, shape) ? x : x.builder.emit(broadcastOperation, [x], { shape });
