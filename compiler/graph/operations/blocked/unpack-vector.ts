import type { Value } from '../../builder.ts';
import { blockedOperation } from './layout.ts';

export const unpackVectorOperation = blockedOperation({
  name: 'unpackVector',
  doc: 'The first `length` numbers of a vector that was filled to whole blocks.',
  shape: (_, attributes) => [attributes.length as number],
  flops: () => 0,
  lower: {
    reference: ([x], _, out) => out.data.set(x!.data.subarray(0, out.data.length)),
    onnx: ({ b, inputs: [x], shape }) => b.node('Slice', [x!, b.ints([0]), b.ints(shape)]),
  },
  samples: [{ shapes: [[32]], attributes: { length: 20 } }],
});

/** The vector without what fills its last block. */
export const unpackVector = (x: Value, length: number): Value =>
  x.shape[0] === length ? x : x.builder.emit(unpackVectorOperation, [x], { length });
