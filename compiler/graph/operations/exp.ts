import type { Value } from '../builder.ts';
import { unary } from './elementwise.ts';
import { mul } from './mul.ts';

export const expOperation = unary({
  name: 'exp',
  doc: 'eˣ',
  compute: Math.exp,
  vjp: ({ output, dy }) => [mul(dy, output)],
  onnx: 'Exp',
  tensorflow: 'Exp',
});

/** eˣ, elementwise. */
export const exp = (x: Value): Value => x.builder.emit(expOperation, [x]);
