import type { Operand, Value } from '../builder.ts';
import { binary, emitBinary } from './elementwise.ts';

export const greaterOperation = binary({
  name: 'greater',
  doc: '1 where x > y, else 0; no gradient',
  compute: (x, y) => (x > y ? 1 : 0),
  vjp: () => [undefined, undefined],
  onnx: ({ b, inputs }) => b.node('Cast', [b.node('Greater', inputs)], { to: 1 }),
  tensorflow: ({ b, inputs }) =>
    b.op('Cast', [b.op('Greater', inputs, { T: { type: 'float' } })], {
      SrcT: { type: 'bool' },
      DstT: { type: 'float' },
    }),
});

/** 1 where x > y, else 0. No gradient flows through it. */
export const greater = (x: Operand, y: Operand): Value => emitBinary(greaterOperation, x, y);
