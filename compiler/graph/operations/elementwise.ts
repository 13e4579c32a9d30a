import type { Operand, Value } from '../builder.ts';
import { operands } from '../builder.ts';
import type { Operation, Tensor } from '../operation.ts';
import { broadcastShape, broadcastStrides, equal, size, stretchedAxes } from '../shape.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum.ts';

type Gradient<Inputs> = (
  context: Inputs & { readonly output: Value; readonly dy: Value },
) => readonly (Value | undefined)[];

interface Pointwise {
  readonly name: string;
  readonly doc: string;
  /** Operations of the target that compute it, where one is enough. */
  readonly onnx: Operation['lower']['onnx'] | string;
  readonly tensorflow: Operation['lower']['tensorflow'] | string;
}

interface Unary extends Pointwise {
  readonly compute: (x: number) => number;
  readonly vjp: Gradient<{ readonly x: Value }>;
}

interface Binary extends Pointwise {
  readonly compute: (x: number, y: number) => number;
  /** Gradients in the shape of the output; they are summed over stretched axes by themselves. */
  readonly vjp: Gradient<{ readonly x: Value; readonly y: Value }>;
}

const lowerings = ({ onnx, tensorflow }: Pointwise) => ({
  onnx:
    typeof onnx === 'string'
      ? ({
          b,
          inputs,
        }: {
          b: { node(op: string, inputs: readonly string[]): string };
          inputs: readonly string[];
        }) => b.node(onnx, inputs)
      : onnx,
  tensorflow:
    typeof tensorflow === 'string'
      ? ({
          b,
          inputs,
        }: {
          b: { op(type: string, inputs: readonly string[], attributes: { T: { type: 'float' } }): string };
          inputs: readonly string[];
        }) => b.op(tensorflow, inputs, { T: { type: 'float' } })
      : tensorflow,
});

/** An operation on each element by itself. */
export function unary(definition: Unary): Operation {
  const { name, doc, compute, vjp } = definition;
  return {
    name,
    doc,
    pointwise: true,
    shape: ([x]) => x!,
    flops: (_, output) => size(output),
    vjp: ({ inputs: [x], ...rest }) => vjp({ x: x!, ...rest }),
    batch: ([axis]) => axis ?? 'whole',
    lower: {
      reference: ([x], _, out) => {
        for (let i = 0; i < out.data.length; i++) out.data[i] = compute(x!.data[i]!);
      },
      ...lowerings(definition),
    },
    samples: [{ shapes: [[2, 3, 5]] }],
  };
}

/** An operation on pairs of elements; shapes broadcast as in NumPy. */
export function binary(definition: Binary): Operation {
  const { name, doc, compute, vjp } = definition;
  return {
    name,
    doc,
    pointwise: true,
    shape: ([x, y]) => broadcastShape(x!, y!),
    flops: (_, output) => size(output),
    vjp: ({ inputs: [x, y], ...rest }) => {
      const [dx, dy] = vjp({ x: x!, y: y!, ...rest });
      return [dx && sumTo(dx, x!), dy && sumTo(dy, y!)];
    },
    batch: (axes, inputs, output) => {
      const aligned = axes.map((axis, i) =>
        axis === undefined ? undefined : axis + output.length - inputs[i]!.length,
      );
      const axis = aligned.find((a) => a !== undefined);
      if (axis === undefined) return 'whole';
      const fits = inputs.every(
        (shape, i) => aligned[i] === axis || (shape[axis - output.length + shape.length] ?? 1) === 1,
      );
      return fits ? axis : 'whole';
    },
    lower: { reference: ([x, y], _, out) => zip(x!, y!, out, compute), ...lowerings(definition) },
    samples: [
      {
        shapes: [
          [2, 3, 5],
          [2, 3, 5],
        ],
      },
      {
        shapes: [
          [2, 3, 5],
          [2, 1, 1],
        ],
      },
      { shapes: [[], [2, 3]] },
      {
        shapes: [
          [3, 5],
          [2, 1, 5],
        ],
      },
    ],
  };
}

function zip(x: Tensor, y: Tensor, out: Tensor, compute: (x: number, y: number) => number): void {
  if (equal(x.shape, y.shape)) {
    for (let i = 0; i < out.data.length; i++) out.data[i] = compute(x.data[i]!, y.data[i]!);
    return;
  }
  const xs = broadcastStrides(x.shape, out.shape);
  const ys = broadcastStrides(y.shape, out.shape);
  const index = new Array<number>(out.shape.length).fill(0);
  let xi = 0;
  let yi = 0;
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = compute(x.data[xi]!, y.data[yi]!);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      xi += xs[axis]!;
      yi += ys[axis]!;
      if (index[axis]! < out.shape[axis]!) break;
      xi -= xs[axis]! * out.shape[axis]!;
      yi -= ys[axis]! * out.shape[axis]!;
      index[axis] = 0;
    }
  }
}

/** Undoes a broadcast: sums over the axes along which `like` was stretched to the shape of `value`. */
function sumTo(value: Value, like: Value): Value {
  const axes = stretchedAxes(like.shape, value.shape);
  return axes.length === 0 ? value : reshape(sum(value, axes), like.shape);
}

/** Emits a binary operation; a number becomes a constant. */
export function emitBinary(operation: Operation, x: Operand, y: Operand): Value {
  const [a, b] = operands(x, y);
  return a!.builder.emit(operation, [a!, b!]);
}
