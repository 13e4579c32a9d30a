import type { Value } from '../builder.ts';
import { div } from './div.ts';
import { unary } from './elementwise.ts';

export const logOperation = unary({
  name: 'log',
  doc: 'ln x',
  compute: Math.log,
  vjp: ({ x, dy }) => [div(dy, x)],
  onnx: 'Log',
  tensorflow: 'Log',
});

/** ln x, elementwise. */
export const log = (x: Value): Value => x.builder.emit(logOperation, [x]);
