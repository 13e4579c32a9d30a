import type { Operand, Value } from '../builder.ts';
import { binary, emitBinary } from './elementwise.ts';

export const mulOperation = binary({
  name: 'mul',
  doc: 'x · y',
  compute: (x, y) => x * y,
  vjp: ({ x, y, dy }) => [mul(dy, y), mul(dy, x)],
  onnx: 'Mul',
  tensorflow: 'Mul',
});

/** x · y, elementwise, with broadcasting. */
export const mul = (x: Operand, y: Operand): Value => emitBinary(mulOperation, x, y);
