import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { equal, size } from '../shape.ts';

export const reshapeOperation: Operation = {
  name: 'reshape',
  doc: 'The same elements in the same order under another shape.',
  shape: ([x], attributes) => {
    const shape = attributes.shape as Shape;
    if (size(x!) !== size(shape)) throw new Error(`[${x}] does not have as many elements as [${shape}]`);
    return shape;
  },
  flops: () => 0,
  vjp: ({ inputs: [x], dy }) => [reshape(dy, x!.shape)],
  // A part of the batch is the same run of memory before and after, where as much lies before its axis.
  batch: ([axis], [x], output) => {
    if (axis === undefined) return 'whole';
    const before = size(x!.slice(0, axis));
    for (let to = 0; to < output.length; to++)
      if (size(output.slice(0, to)) === before && output[to]! > 1) return to;
    return 'whole';
  },
  lower: {
    reference: ([x], _, out) => out.data.set(x!.data),
    onnx: ({ b, inputs: [x], inputShapes: [from], shape }) => b.reshape(x!, from!, shape),
    tensorflow: ({ b, inputs, shape }) =>
      b.op('Reshape', [...inputs, b.ints(shape)], { T: { type: 'float' }, Tshape: { type: 'int32' } }),
  },
  samples: [{ shapes: [[2, 6]], attributes: { shape: [2, 3, 2] } }],
};

/** x under another shape. */
export const reshape = (x: Value, shape: Shape): Value =>
  equal(x.shape, shape) ? x : x.builder.emit(reshapeOperation, [x], { shape });
