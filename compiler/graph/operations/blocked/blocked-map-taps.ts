import type { Value } from '../../builder.ts';
import type { Attributes } from '../../graph.ts';
import { size } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

interface TapMap {
  /** [taps of the output, taps of the input], row-major. */
  readonly matrix: readonly number[];
  readonly taps: readonly [number, number];
}
const mapOf = (attributes: Attributes) => attributes as unknown as TapMap;

export const blockedMapTapsOperation = blockedOperation({
  name: 'blockedMapTaps',
  doc: 'A blocked filter whose taps are fixed linear combinations of those of another blocked filter.',
  shape: ([w], attributes) => {
    const { matrix, taps } = mapOf(attributes);
    if (matrix.length !== size(taps) * w![2]! * w![3]!)
      throw new Error(`blockedMapTaps: ${matrix.length} numbers for [${w}] to [${taps}]`);
    return [w![0]!, w![1]!, ...taps, w![4]!, w![5]!];
  },
  flops: ([w], output) => 2 * size(output) * w![2]! * w![3]!,
  lower: {
    reference: ([w], attributes, out) => {
      const { matrix, taps } = mapOf(attributes);
      const [outputs, inputs, height, width, inputBlock, outputBlock] = w!.shape as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const [rows, columns, numbers] = [size(taps), height * width, inputBlock * outputBlock];
      for (let block = 0; block < outputs * inputs; block++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < numbers; k++)
              out.data[(block * rows + r) * numbers + k]! +=
                matrix[r * columns + c]! * w!.data[(block * columns + c) * numbers + k]!;
    },
    onnx: ({ b, inputs: [w], inputShapes: [from], attributes, shape }) => {
      const { matrix, taps } = mapOf(attributes);
      const [rows, columns] = [size(taps), from![2]! * from![3]!];
      const [blocks, numbers] = [from![0]! * from![1]!, from![4]! * from![5]!];
      if (numbers === 1) {
        const transposed = Array.from(
          { length: rows * columns },
          (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!,
        );
        const flat = b.reshape(w!, from!, [blocks, columns]);
        const product = b.node('MatMul', [flat, b.constant(transposed, [columns, rows])]);
        return b.reshape(product, [blocks, rows], shape);
      }
      const flat = b.reshape(w!, from!, [blocks, columns, numbers]);
      const product = b.node('MatMul', [b.constant(matrix, [rows, columns]), flat]);
      return b.reshape(product, [blocks, rows, numbers], shape);
    },
  },
  samples: [
    {
      shapes: [[2, 1, 1, 2, 16, 16]],
      attributes: { matrix: [1, 0, 1, 1, 0, 1, 2, -1], taps: [2, 2] },
    },
    { shapes: [[3, 2, 2, 1, 1, 1]], attributes: { matrix: [1, 2, 0, 1, 1, 1], taps: [1, 3] } },
  ],
});

/** Blocked filter of `taps` whose taps are `matrix` times those of w. */
export const blockedMapTaps = (w: Value, matrix: readonly number[], taps: readonly [number, number]): Value =>
  w.builder.emit(blockedMapTapsOperation, [w], { matrix, taps });
