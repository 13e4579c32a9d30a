import type { Value } from '../builder.ts';
import type { Attributes } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';

interface TapMap {
  /** [taps of the output, taps of the input], row-major. */
  readonly matrix: readonly number[];
  /** Height and width of the output filter. */
  readonly taps: readonly [number, number];
}

const mapOf = (attributes: Attributes) => attributes as unknown as TapMap;

export const mapTapsOperation: Operation = {
  name: 'mapTaps',
  doc: 'A filter [h, w, A, B] whose taps are fixed linear combinations of those of another filter.',
  shape: ([w], attributes) => {
    const { matrix, taps } = mapOf(attributes);
    if (w!.length !== 4 || matrix.length !== size(taps) * size(w!.slice(0, 2)))
      throw new Error(`mapTaps: ${matrix.length} numbers for [${w}] to [${taps}]`);
    return [...taps, w![2]!, w![3]!];
  },
  flops: ([w], output) => 2 * size(output) * size(w!.slice(0, 2)),
  vjp: ({ inputs: [w], attributes, dy }) => {
    const { matrix, taps } = mapOf(attributes);
    const [h, wide] = w!.shape as [number, number];
    const [rows, columns] = [size(taps), h * wide];
    const transposed = Array.from(
      { length: matrix.length },
      (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!,
    );
    return [mapTaps(dy, transposed, [h, wide])];
  },
  batch: () => 'whole',
  lower: {
    reference: ([w], attributes, out) => {
      const { matrix, taps } = mapOf(attributes);
      const from = size(w!.shape.slice(0, 2));
      const channels = size(w!.shape.slice(2));
      for (let t = 0; t < size(taps); t++)
        for (let s = 0; s < from; s++)
          for (let c = 0; c < channels; c++)
            out.data[t * channels + c]! += matrix[t * from + s]! * w!.data[s * channels + c]!;
    },
    onnx: ({ b, inputs: [w], inputShapes: [from], attributes, shape }) => {
      const { matrix, taps } = mapOf(attributes);
      const [rows, columns, channels] = [size(taps), size(from!.slice(0, 2)), size(shape.slice(2))];
      const product = b.node('MatMul', [
        b.constant(matrix, [rows, columns]),
        b.reshape(w!, from!, [columns, channels]),
      ]);
      return b.reshape(product, [rows, channels], shape);
    },
    tensorflow: ({ b, inputs: [w], inputShapes: [from], attributes, shape }) => {
      const { matrix, taps } = mapOf(attributes);
      const [rows, columns, channels] = [size(taps), size(from!.slice(0, 2)), size(shape.slice(2))];
      const reshaped = (value: string, to: readonly number[]) =>
        b.op('Reshape', [value, b.ints(to)], { T: { type: 'float' }, Tshape: { type: 'int32' } });
      const product = b.op(
        'MatMul',
        [b.constant(matrix, [rows, columns]), reshaped(w!, [columns, channels])],
        {
          T: { type: 'float' },
          transpose_a: { bool: false },
          transpose_b: { bool: false },
        },
      );
      return reshaped(product, shape);
    },
  },
  samples: [{ shapes: [[2, 1, 3, 2]], attributes: { matrix: [1, 0, 1, 1, 0, 1, 2, -1], taps: [2, 2] } }],
};

/** Filter of `taps` whose taps are `matrix` times those of w. */
export const mapTaps = (w: Value, matrix: readonly number[], taps: readonly [number, number]): Value =>
  w.builder.emit(mapTapsOperation, [w], { matrix, taps });
