import type { Value } from '../builder.ts';
import { div } from './div.ts';
import { unary } from './elementwise.ts';
import { mul } from './mul.ts';

export const sqrtOperation = unary({
  name: 'sqrt',
  doc: '√x',
  compute: Math.sqrt,
  vjp: ({ output, dy }) => [div(mul(dy, 0.5), output)],
  onnx: 'Sqrt',
  tensorflow: 'Sqrt',
});

/** √x, elementwise. */
export const sqrt = (x: Value): Value => x.builder.emit(sqrtOperation, [x]);
