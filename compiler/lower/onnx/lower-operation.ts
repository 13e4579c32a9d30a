import type { Node, Shape } from '../../graph/graph.ts';
import { equal, size } from '../../graph/shape.ts';
import type { ModelWriter } from './model.ts';

/** A value of the model, under the shape that the graph gives it. */
export interface Lowered {
  readonly value: string;
  readonly shape: Shape;
}

/**
 * Name of the value, of shape `shape`, that an operation makes of its inputs.
 *
 * @throws Error where the operation has no ONNX lowering: a pass before this one was left out
 */
export function lowerOperation(
  writer: ModelWriter,
  { operation, attributes }: Pick<Node, 'operation' | 'attributes'>,
  inputs: readonly Lowered[],
  shape: Shape,
): string {
  const { onnx } = operation.lower;
  if (typeof onnx !== 'function')
    throw new Error(`${operation.name} reached the ONNX lowering, although ${onnx.never}`);
  const common = operation.pointwise ? originalShape(writer, inputs, shape) : shape;
  const moved = inputs.map((input) => (equal(input.shape, shape) ? reshaped(writer, input, common) : input));
  const value = onnx({
    b: writer,
    inputs: moved.map((input) => input.value),
    inputShapes: moved.map((input) => input.shape),
    attributes,
    shape: common,
  });
  writer.describe(value, common);
  return writer.reshape(value, common, shape);
}

const reshaped = (writer: ModelWriter, { value, shape }: Lowered, to: Shape): Lowered => ({
  value: writer.reshape(value, shape, to),
  shape: to,
});

/**
 * A pointwise operation does not care how its operands are seen. Between two blocked operators, which see an image
 * with four axes, it saves reshaping to the five of the graph and back.
 */
function originalShape(writer: ModelWriter, inputs: readonly Lowered[], shape: Shape): Shape {
  const full = inputs.filter((input) => equal(input.shape, shape));
  const [first] = full;
  if (!first) return shape;
  const origin = writer.origin(first.value, shape).shape;
  const fits = inputs.every(
    (input) => equal(input.shape, shape) || (size(input.shape) === 1 && input.shape.length <= origin.length),
  );
  return fits ? origin : shape;
}
