import type { Attributes, Shape } from '../graph.ts';
import type { Operation, Tensor } from '../operation.ts';
import { reducedShape, size, strides } from '../shape.ts';

interface Reduction {
  readonly name: string;
  readonly doc: string;
  readonly start: number;
  readonly combine: (total: number, x: number) => number;
  readonly vjp: Operation['vjp'];
  /** What becomes of the parts where the batch itself is reduced. */
  readonly acrossBatch: 'sum' | 'whole';
  readonly onnx: Operation['lower']['onnx'];
  readonly tensorflow: string;
}

const axesOf = (attributes: Attributes) => attributes.axes as readonly number[];
const keepdimsOf = (attributes: Attributes) => attributes.keepdims as boolean;

/** An operation that runs over some axes; attributes `axes`, ascending, and `keepdims`. */
export function reduction({
  name,
  doc,
  start,
  combine,
  vjp,
  acrossBatch,
  onnx,
  tensorflow,
}: Reduction): Operation {
  return {
    name,
    doc,
    shape: ([x], attributes) => {
      const axes = axesOf(attributes);
      if (axes.some((axis) => axis < 0 || axis >= x!.length))
        throw new Error(`${name} over axes [${axes}] of [${x}]`);
      return reducedShape(x!, axes, keepdimsOf(attributes));
    },
    flops: ([x]) => size(x!),
    vjp,
    batch: ([axis], _inputs, _output, attributes) => {
      if (axis === undefined) return 'whole';
      if (axesOf(attributes).includes(axis)) return acrossBatch;
      return keepdimsOf(attributes) ? axis : axis - axesOf(attributes).filter((a) => a < axis).length;
    },
    lower: {
      reference: ([x], attributes, out) => reduce(x!, axesOf(attributes), start, combine, out),
      onnx,
      tensorflow: ({ b, inputs, attributes }) =>
        b.op(tensorflow, [...inputs, b.ints(axesOf(attributes))], {
          T: { type: 'float' },
          Tidx: { type: 'int32' },
          keep_dims: { bool: keepdimsOf(attributes) },
        }),
    },
    samples: [
      { shapes: [[2, 3, 4]], attributes: { axes: [0], keepdims: true } },
      { shapes: [[2, 3, 4]], attributes: { axes: [1, 2], keepdims: false } },
      { shapes: [[2, 3, 4]], attributes: { axes: [0, 1, 2], keepdims: false } },
    ],
  };
}

function reduce(
  x: Tensor,
  axes: readonly number[],
  start: number,
  combine: Reduction['combine'],
  out: Tensor,
): void {
  const kept: Shape = reducedShape(x.shape, axes, true);
  const steps = strides(kept).map((step, axis) => (axes.includes(axis) ? 0 : step));
  const sizes = strides(x.shape);
  out.data.fill(start);
  for (let i = 0; i < x.data.length; i++) {
    let rest = i;
    let at = 0;
    for (let axis = 0; axis < sizes.length; axis++) {
      at += Math.floor(rest / sizes[axis]!) * steps[axis]!;
      rest %= sizes[axis]!;
    }
    out.data[at] = combine(out.data[at]!, x.data[i]!);
  }
}
