import type { Value } from '../../builder.ts';
import { blockedOperation, blocks } from './layout.ts';

export const packVectorOperation = blockedOperation({
  name: 'packVector',
  doc: 'A vector [C], filled with zeros to whole blocks of `block`.',
  shape: ([x], attributes) => [blocks(x![0]!, attributes.block as number) * (attributes.block as number)],
  flops: () => 0,
  lower: {
    reference: ([x], _, out) => out.data.set(x!.data),
    onnx: ({ b, inputs: [x], inputShapes: [from], shape }) =>
      b.node('Pad', [x!, b.ints([0, shape[0]! - from![0]!])]),
  },
  samples: [{ shapes: [[20]], attributes: { block: 16 } }],
});

/** x [C], filled with zeros to whole blocks. */
export const packVector = (x: Value, block: number): Value =>
  x.shape[0]! % block === 0 ? x : x.builder.emit(packVectorOperation, [x], { block });
