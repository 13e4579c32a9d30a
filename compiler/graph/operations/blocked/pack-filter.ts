import type { Value } from '../../builder.ts';
import { blockedOperation, filterIndex, filterShape } from './layout.ts';

export const packFilterOperation = blockedOperation({
  name: 'packFilter',
  doc: 'A filter [h, w, I, O] in blocks of `inputBlock` and `outputBlock` channels.',
  shape: ([w], attributes) =>
    filterShape(w!, attributes.inputBlock as number, attributes.outputBlock as number),
  flops: () => 0,
  lower: {
    reference: ([w], _, out) => {
      const [height, width, inputs, outputs] = w!.shape as [number, number, number, number];
      const index = filterIndex(out.shape);
      let at = 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let i = 0; i < inputs; i++)
            for (let o = 0; o < outputs; o++) out.data[index(y, x, i, o)] = w!.data[at++]!;
    },
    onnx: ({ b, inputs: [w], inputShapes: [from], shape }) => {
      const [h, wide, inputs, outputs] = from as [number, number, number, number];
      const [o, i, , , inputBlock, outputBlock] = shape as [number, number, number, number, number, number];
      const full = [h, wide, i * inputBlock, o * outputBlock];
      const missing = [0, 0, full[2]! - inputs, full[3]! - outputs];
      const padded = missing.some((n) => n > 0) ? b.node('Pad', [w!, b.ints([0, 0, 0, 0, ...missing])]) : w!;
      const cut = b.reshape(padded, full, [h, wide, i, inputBlock, o, outputBlock]);
      return b.node('Transpose', [cut], { perm: [4, 2, 0, 1, 3, 5] });
    },
  },
  samples: [
    { shapes: [[3, 3, 5, 20]], attributes: { inputBlock: 16, outputBlock: 16 } },
    { shapes: [[3, 3, 2, 16]], attributes: { inputBlock: 1, outputBlock: 16 } },
    { shapes: [[2, 4, 3, 5]], attributes: { inputBlock: 1, outputBlock: 1 } },
  ],
});

/** w [h, w, I, O] as [⌈O/bo⌉, ⌈I/bi⌉, h, w, bi, bo]. */
export const packFilter = (w: Value, inputBlock: number, outputBlock: number): Value =>
  w.builder.emit(packFilterOperation, [w], { inputBlock, outputBlock });
