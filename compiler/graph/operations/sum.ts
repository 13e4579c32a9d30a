import type { Value } from '../builder.ts';
import { reducedShape } from '../shape.ts';
import { broadcast } from './broadcast.ts';
import { reduction } from './reduce.ts';
import { reshape } from './reshape.ts';

export const sumOperation = reduction({
  name: 'sum',
  doc: 'Sum over some axes.',
  start: 0,
  combine: (total, x) => total + x,
  vjp: ({ inputs: [x], attributes, dy }) => [
    broadcast(reshape(dy, reducedShape(x!.shape, attributes.axes as number[], true)), x!.shape),
  ],
  acrossBatch: 'sum',
  onnx: ({ b, inputs, attributes }) =>
    b.node('ReduceSum', [...inputs, b.ints(attributes.axes as number[])], {
      keepdims: Number(attributes.keepdims),
    }),
  tensorflow: 'Sum',
});

/** Sum over these axes (all, if none are named), which go away or, with `keepdims`, stay with length 1. */
export const sum = (
  x: Value,
  axes: readonly number[] = x.shape.map((_, axis) => axis),
  keepdims = false,
): Value => (axes.length === 0 ? x : x.builder.emit(sumOperation, [x], { axes, keepdims }));
