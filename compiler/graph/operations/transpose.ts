import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { strides } from '../shape.ts';

export const transposeOperation: Operation = {
  name: 'transpose',
  doc: 'Reorders axes: axis i of the output is axis `order[i]` of the input.',
  shape: ([x], attributes) => (attributes.order as number[]).map((axis) => x![axis]!),
  flops: () => 0,
  vjp: ({ attributes, dy }) => {
    const order = attributes.order as number[];
    return [
      transpose(
        dy,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ];
  },
  batch: ([axis], _inputs, _output, attributes) =>
    axis === undefined ? 'whole' : (attributes.order as number[]).indexOf(axis),
  lower: {
    reference: ([x], attributes, out) => {
      const from = strides(x!.shape);
      const steps = (attributes.order as number[]).map((axis) => from[axis]!);
      const to = strides(out.shape);
      for (let i = 0; i < out.data.length; i++) {
        let at = 0;
        let rest = i;
        for (let axis = 0; axis < to.length; axis++) {
          at += Math.floor(rest / to[axis]!) * steps[axis]!;
          rest %= to[axis]!;
        }
        out.data[i] = x!.data[at]!;
      }
    },
    onnx: ({ b, inputs, attributes }) => b.node('Transpose', inputs, { perm: attributes.order as number[] }),
    tensorflow: ({ b, inputs, attributes }) =>
      b.op('Transpose', [...inputs, b.ints(attributes.order as number[])], {
        T: { type: 'float' },
        Tperm: { type: 'int32' },
      }),
  },
  samples: [{ shapes: [[2, 3, 4]], attributes: { order: [2, 0, 1] } }],
};

/** x with its axes in this order. */
export const transpose = (x: Value, order: readonly number[]): Value =>
  order.every((axis, i) => axis === i) ? x : x.builder.emit(transposeOperation, [x], { order });
