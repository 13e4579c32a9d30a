import type { Value } from '../builder.ts';
import { unary } from './elementwise.ts';
import { reluGradient } from './relu-gradient.ts';

export const reluOperation = unary({
  name: 'relu',
  doc: 'max(x, 0), with the derivative 0 at 0',
  compute: (x) => Math.max(x, 0),
  vjp: ({ output, dy }) => [reluGradient(dy, output)],
  onnx: 'Relu',
  tensorflow: 'Relu',
});

/** max(x, 0), with the derivative 0 at 0, elementwise. */
export const relu = (x: Value): Value => x.builder.emit(reluOperation, [x]);
