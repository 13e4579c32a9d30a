import type { Value } from '../builder.ts';
import { unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sign } from './sign.ts';

export const absOperation = unary({
  name: 'abs',
  doc: '|x|, with the derivative sgn(x), which is 0 at 0',
  compute: Math.abs,
  vjp: ({ x, dy }) => [mul(dy, sign(x))],
  onnx: 'Abs',
  tensorflow: 'Abs',
});

/** |x|, with the derivative sgn(x), which is 0 at 0, elementwise. */
export const abs = (x: Value): Value => x.builder.emit(absOperation, [x]);
