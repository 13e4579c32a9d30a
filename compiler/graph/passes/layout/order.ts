import type { Value } from '../../builder.ts';
import { reshape } from '../../operations/reshape.ts';
import { transpose, transposeOperation } from '../../operations/transpose.ts';

/** x with its axes in this order: one transposition for several in a row, none where only axes of length 1 move. */
export function reordered(x: Value, order: readonly number[]): Value {
  const { operation, inputs, attributes } = x.builder.node(x);
  if (operation === transposeOperation) {
    const before = attributes.order as readonly number[];
    return reordered(
      x.builder.value(inputs[0]!),
      order.map((axis) => before[axis]!),
    );
  }
  const long = order.filter((axis) => x.shape[axis] !== 1);
  return long.every((axis, i) => i === 0 || axis > long[i - 1]!)
    ? reshape(
        x,
        order.map((axis) => x.shape[axis]!),
      )
    : transpose(x, order);
}
