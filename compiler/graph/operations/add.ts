import type { Operand, Value } from '../builder.ts';
import { binary, emitBinary } from './elementwise.ts';

export const addOperation = binary({
  name: 'add',
  doc: 'x + y',
  compute: (x, y) => x + y,
  vjp: ({ dy }) => [dy, dy],
  onnx: 'Add',
  tensorflow: 'AddV2',
});

/** x + y, elementwise, with broadcasting. */
export const add = (x: Operand, y: Operand): Value => emitBinary(addOperation, x, y);
