import type { Operand, Value } from '../builder.ts';
import { add } from './add.ts';
import { binary, emitBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sign } from './sign.ts';
import { sub } from './sub.ts';

export const minOperation = binary({
  name: 'min',
  doc: 'The smaller of x and y. At a tie each gets half of the gradient, as (x + y − |x − y|) / 2 has it.',
  compute: Math.min,
  vjp: ({ x, y, dy }) => {
    const side = mul(sign(sub(x, y)), 0.5);
    return [mul(dy, sub(0.5, side)), mul(dy, add(side, 0.5))];
  },
  onnx: 'Min',
  tensorflow: 'Minimum',
});

/** The smaller of x and y, elementwise, with broadcasting. */
export const min = (x: Operand, y: Operand): Value => emitBinary(minOperation, x, y);
