import type { Value } from '../builder.ts';
import { unary } from './elementwise.ts';

export const negOperation = unary({
  name: 'neg',
  doc: '−x',
  compute: (x) => -x,
  vjp: ({ dy }) => [neg(dy)],
  onnx: 'Neg',
  tensorflow: 'Neg',
});

/** −x, elementwise. */
export const neg = (x: Value): Value => x.builder.emit(negOperation, [x]);
