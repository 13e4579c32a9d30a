import type { Operand, Value } from '../builder.ts';
import { binary, emitBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

export const divOperation = binary({
  name: 'div',
  doc: 'x / y',
  compute: (x, y) => x / y,
  vjp: ({ y, output, dy }) => {
    const dx = div(dy, y);
    return [dx, neg(mul(dx, output))];
  },
  onnx: 'Div',
  tensorflow: 'RealDiv',
});

/** x / y, elementwise, with broadcasting. The caller sees to it that y is not 0. */
export const div = (x: Operand, y: Operand): Value => emitBinary(divOperation, x, y);
