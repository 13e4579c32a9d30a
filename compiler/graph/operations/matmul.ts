import type { Value } from '../builder.ts';
import type { Attributes, Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';

const flags = (attributes: Attributes) => ({
  transposeX: attributes.transposeX as boolean,
  transposeY: attributes.transposeY as boolean,
});
const turned = (shape: Shape, transpose: boolean): readonly [number, number] =>
  transpose ? [shape[1]!, shape[0]!] : [shape[0]!, shape[1]!];

export const matmulOperation: Operation = {
  name: 'matmul',
  doc: 'Product of two matrices, either of them transposed first.',
  shape: ([x, y], attributes) => {
    const { transposeX, transposeY } = flags(attributes);
    const [rows, inner] = turned(x!, transposeX);
    const [same, columns] = turned(y!, transposeY);
    if (x!.length !== 2 || y!.length !== 2 || inner !== same) throw new Error(`matmul of [${x}] and [${y}]`);
    return [rows, columns];
  },
  flops: ([x], output, attributes) =>
    2 * output[0]! * output[1]! * turned(x!, flags(attributes).transposeX)[1],
  vjp: ({ inputs: [x, y], attributes, dy }) => {
    const { transposeX, transposeY } = flags(attributes);
    return [
      transposeX
        ? matmul(y!, dy, { transposeX: transposeY, transposeY: true })
        : matmul(dy, y!, { transposeY: !transposeY }),
      transposeY
        ? matmul(dy, x!, { transposeX: true, transposeY: transposeX })
        : matmul(x!, dy, { transposeX: !transposeX }),
    ];
  },
  batch: ([x, y], _inputs, _output, attributes) => {
    const { transposeX, transposeY } = flags(attributes);
    const row = transposeX ? 1 : 0;
    const column = transposeY ? 0 : 1;
    if (x === 1 - row && y === 1 - column) return 'sum';
    if (x === row && y === undefined) return 0;
    if (y === column && x === undefined) return 1;
    return 'whole';
  },
  lower: {
    reference: ([x, y], attributes, out) => {
      const { transposeX, transposeY } = flags(attributes);
      const [rows, inner] = turned(x!.shape, transposeX);
      const columns = out.shape[1]!;
      const [xRow, xInner] = transposeX ? [1, rows] : [inner, 1];
      const [yInner, yColumn] = transposeY ? [1, inner] : [columns, 1];
      for (let r = 0; r < rows; r++)
        for (let k = 0; k < inner; k++) {
          const a = x!.data[r * xRow + k * xInner]!;
          for (let c = 0; c < columns; c++)
            out.data[r * columns + c]! += a * y!.data[k * yInner + c * yColumn]!;
        }
    },
    onnx: ({ b, inputs, attributes }) => {
      const { transposeX, transposeY } = flags(attributes);
      return b.node('Gemm', inputs, { transA: Number(transposeX), transB: Number(transposeY) });
    },
    tensorflow: ({ b, inputs, attributes }) => {
      const { transposeX, transposeY } = flags(attributes);
      return b.op('MatMul', inputs, {
        T: { type: 'float' },
        transpose_a: { bool: transposeX },
        transpose_b: { bool: transposeY },
      });
    },
  },
  samples: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
      attributes: { transposeX: false, transposeY: false },
    },
    {
      shapes: [
        [3, 2],
        [3, 4],
      ],
      attributes: { transposeX: true, transposeY: false },
    },
    {
      shapes: [
        [2, 3],
        [4, 3],
      ],
      attributes: { transposeX: false, transposeY: true },
    },
    {
      shapes: [
        [3, 2],
        [4, 3],
      ],
      attributes: { transposeX: true, transposeY: true },
    },
  ],
};

/** Product of two matrices. */
export const matmul = (
  x: Value,
  y: Value,
  { transposeX = false, transposeY = false }: { transposeX?: boolean; transposeY?: boolean } = {},
): Value => x.builder.emit(matmulOperation, [x, y], { transposeX, transposeY });
