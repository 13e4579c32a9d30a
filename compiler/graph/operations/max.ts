import type { Value } from '../builder.ts';
import { reduction } from './reduce.ts';

export const maxOperation = reduction({
  name: 'max',
  doc: 'Maximum over some axes; no gradient: it only shifts a softmax or decides which classes are present.',
  start: Number.NEGATIVE_INFINITY,
  combine: Math.max,
  vjp: () => [undefined],
  acrossBatch: 'whole',
  onnx: ({ b, inputs, attributes }) =>
    b.node('ReduceMax', inputs, {
      axes: attributes.axes as number[],
      keepdims: Number(attributes.keepdims),
    }),
  tensorflow: 'Max',
});

/** Maximum over these axes, which go away or, with `keepdims`, stay with length 1. No gradient flows through it. */
export const max = (x: Value, axes: readonly number[], keepdims = false): Value =>
  x.builder.emit(maxOperation, [x], { axes, keepdims });
