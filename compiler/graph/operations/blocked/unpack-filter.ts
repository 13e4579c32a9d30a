import type { Value } from '../../builder.ts';
import { equal } from '../../shape.ts';
import { blockedOperation, filterIndex, flatFilter } from './layout.ts';

export const unpackFilterOperation = blockedOperation({
  name: 'unpackFilter',
  doc: 'A blocked filter as [h, w, I, O] with I = `inputs` and O = `outputs`.',
  shape: ([w], attributes) => [w![2]!, w![3]!, attributes.inputs as number, attributes.outputs as number],
  flops: () => 0,
  lower: {
    reference: ([w], _, out) => {
      const [height, width, inputs, outputs] = out.shape as [number, number, number, number];
      const index = filterIndex(w!.shape);
      let at = 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let i = 0; i < inputs; i++)
            for (let o = 0; o < outputs; o++) out.data[at++] = w!.data[index(y, x, i, o)]!;
    },
    onnx: ({ b, inputs: [w], inputShapes: [from], shape }) => {
      const [o, i, h, wide, inputBlock, outputBlock] = from as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const full = flatFilter(from!);
      const joined = b.reshape(
        b.node('Transpose', [w!], { perm: [2, 3, 1, 4, 0, 5] }),
        [h, wide, i, inputBlock, o, outputBlock],
        full,
      );
      return equal(full, shape)
        ? joined
        : b.node('Slice', [joined, b.ints([0, 0]), b.ints(shape.slice(2)), b.ints([2, 3])]);
    },
  },
  samples: [
    { shapes: [[2, 1, 3, 3, 16, 16]], attributes: { inputs: 5, outputs: 20 } },
    { shapes: [[1, 2, 3, 3, 1, 16]], attributes: { inputs: 2, outputs: 16 } },
    { shapes: [[5, 3, 2, 4, 1, 1]], attributes: { inputs: 3, outputs: 5 } },
  ],
});

/** A blocked filter as [h, w, I, O]; channels that only fill a last block are dropped. */
export const unpackFilter = (w: Value, inputs: number, outputs: number): Value =>
  w.builder.emit(unpackFilterOperation, [w], { inputs, outputs });
