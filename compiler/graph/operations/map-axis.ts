import type { Value } from '../builder.ts';
import type { Attributes, Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';

interface AxisMap {
  readonly axis: number;
  /** [length of the output, length of the input], row-major. */
  readonly matrix: readonly number[];
}

const mapOf = (attributes: Attributes) => attributes as unknown as AxisMap;

/** A value as [what lies before an axis, the axis, what lies behind it]. */
const around = (shape: Shape, axis: number): readonly [number, number, number] => [
  size(shape.slice(0, axis)),
  shape[axis]!,
  size(shape.slice(axis + 1)),
];

export const mapAxisOperation: Operation = {
  name: 'mapAxis',
  doc: 'Fixed linear combinations of what lies along an axis: resizing and pooling by weights.',
  shape: ([x], attributes) => {
    const { axis, matrix } = mapOf(attributes);
    const from = x![axis];
    if (from === undefined || matrix.length % from !== 0)
      throw new Error(`mapAxis: ${matrix.length} numbers for axis ${axis} of [${x}]`);
    return x!.map((n, a) => (a === axis ? matrix.length / from : n));
  },
  flops: ([x], output, attributes) => 2 * size(output) * x![mapOf(attributes).axis]!,
  vjp: ({ inputs: [x], output, attributes, dy }) => {
    const { axis, matrix } = mapOf(attributes);
    const [rows, columns] = [output.shape[axis]!, x!.shape[axis]!];
    const transposed = matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
    return [mapAxis(dy, axis, transposed)];
  },
  batch: ([x], _inputs, _output, attributes) =>
    x === undefined || x === mapOf(attributes).axis ? 'whole' : x,
  lower: {
    reference: ([x], attributes, out) => {
      const { axis, matrix } = mapOf(attributes);
      const [before, from, behind] = around(x!.shape, axis);
      const to = out.shape[axis]!;
      for (let b = 0; b < before; b++)
        for (let r = 0; r < to; r++)
          for (let c = 0; c < from; c++) {
            const weight = matrix[r * from + c]!;
            if (weight === 0) continue;
            for (let k = 0; k < behind; k++)
              out.data[(b * to + r) * behind + k]! += weight * x!.data[(b * from + c) * behind + k]!;
          }
    },
    onnx: ({ b, inputs: [x], inputShapes: [shape], attributes, shape: result }) => {
      const { axis, matrix } = mapOf(attributes);
      const [from, to] = [around(shape!, axis), around(result, axis)];
      const product = b.node('MatMul', [b.constant(matrix, [to[1], from[1]]), b.reshape(x!, shape!, from)]);
      return b.reshape(product, to, result);
    },
    tensorflow: ({ b, inputs: [x], inputShapes: [shape], attributes, shape: result }) => {
      const { axis, matrix } = mapOf(attributes);
      const [from, to] = [around(shape!, axis), around(result, axis)];
      const reshaped = (value: string, as: Shape) =>
        b.op('Reshape', [value, b.ints(as)], { T: { type: 'float' }, Tshape: { type: 'int32' } });
      const product = b.op('BatchMatMulV2', [b.constant(matrix, [to[1], from[1]]), reshaped(x!, from)], {
        T: { type: 'float' },
      });
      return reshaped(product, result);
    },
  },
  samples: [
    { shapes: [[2, 3, 4]], attributes: { axis: 1, matrix: [0.5, 0.5, 0, 0, 0.25, 0.75] } },
    { shapes: [[2, 2]], attributes: { axis: 0, matrix: [1, 0, 0.5, 0.5, 0, 1] } },
    { shapes: [[2, 3, 2, 3]], attributes: { axis: 2, matrix: [1, 2, 3, 4] } },
  ],
};

/**
 * What lies along an axis times a fixed matrix.
 *
 * @param matrix [length of the output, length of the input], row-major
 */
export const mapAxis = (x: Value, axis: number, matrix: readonly number[]): Value =>
  x.builder.emit(mapAxisOperation, [x], { axis, matrix });
