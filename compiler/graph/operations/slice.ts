import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { equal, strides } from '../shape.ts';
import { broadcast } from './broadcast.ts';
import { concat } from './concat.ts';

export const sliceOperation: Operation = {
  name: 'slice',
  doc: 'The part of a value that begins at `begin` and has shape `shape`.',
  shape: ([x], attributes) => {
    const begin = attributes.begin as number[];
    const shape = attributes.shape as number[];
    if (shape.some((n, axis) => begin[axis]! < 0 || begin[axis]! + n > x![axis]!))
      throw new Error(`slice at [${begin}] of shape [${shape}] leaves [${x}]`);
    return shape;
  },
  flops: () => 0,
  vjp: ({ inputs: [x], attributes, dy }) => [padTo(dy, attributes.begin as number[], x!.shape)],
  batch: ([axis], [x], output) => (axis === undefined || output[axis] !== x![axis] ? 'whole' : axis),
  lower: {
    reference: ([x], attributes, out) => {
      const begin = attributes.begin as number[];
      const from = strides(x!.shape);
      const to = strides(out.shape);
      for (let i = 0; i < out.data.length; i++) {
        let at = 0;
        let rest = i;
        for (let axis = 0; axis < to.length; axis++) {
          at += (begin[axis]! + Math.floor(rest / to[axis]!)) * from[axis]!;
          rest %= to[axis]!;
        }
        out.data[i] = x!.data[at]!;
      }
    },
    onnx: ({ b, inputs: [x], attributes, shape }) => {
      const begin = attributes.begin as number[];
      return b.node('Slice', [x!, b.ints(begin), b.ints(begin.map((at, axis) => at + shape[axis]!))]);
    },
    tensorflow: ({ b, inputs, attributes, shape }) =>
      b.op('Slice', [...inputs, b.ints(attributes.begin as number[]), b.ints(shape)], {
        T: { type: 'float' },
        Index: { type: 'int32' },
      }),
  },
  samples: [{ shapes: [[3, 4, 5]], attributes: { begin: [1, 0, 2], shape: [2, 4, 3] } }],
};

/** The part of x that begins at `begin` and has this shape. */
export const slice = (x: Value, begin: readonly number[], shape: Shape): Value =>
  equal(x.shape, shape) ? x : x.builder.emit(sliceOperation, [x], { begin, shape });

/** x in a larger value of zeros: the gradient of a slice. */
function padTo(x: Value, begin: readonly number[], shape: Shape): Value {
  return shape.reduce((value, n, axis) => {
    const zeros = (length: number) =>
      broadcast(
        x.builder.constant(0),
        value.shape.map((m, a) => (a === axis ? length : m)),
      );
    const after = n - begin[axis]! - value.shape[axis]!;
    return concat(
      [...(begin[axis]! > 0 ? [zeros(begin[axis]!)] : []), value, ...(after > 0 ? [zeros(after)] : [])],
      axis,
    );
  }, x);
}
