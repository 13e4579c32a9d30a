import type { Operand, Value } from '../builder.ts';
import { binary, emitBinary } from './elementwise.ts';
import { neg } from './neg.ts';

export const subOperation = binary({
  name: 'sub',
  doc: 'x − y',
  compute: (x, y) => x - y,
  vjp: ({ dy }) => [dy, neg(dy)],
  onnx: 'Sub',
  tensorflow: 'Sub',
});

/** x − y, elementwise, with broadcasting. */
export const sub = (x: Operand, y: Operand): Value => emitBinary(subOperation, x, y);
