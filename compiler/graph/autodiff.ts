import type { Value } from './builder.ts';
import { add } from './operations/add.ts';

/**
 * Gradients of a scalar for each of `of`, as new nodes of the same graph (reverse mode, one sweep).
 * A value that the scalar does not depend on has a gradient of zeros.
 */
export function gradients(scalar: Value, of: readonly Value[]): Value[] {
  const { builder } = scalar;
  const dependent = dependsOn(scalar, of);
  const totals = new Map<number, Value>([[scalar.id, builder.constant(1, scalar.shape)]]);
  for (let id = scalar.id; id >= 0; id--) {
    const dy = totals.get(id);
    const { operation, inputs, attributes } = builder.nodes[id]!;
    if (!dy || !inputs.some((input) => dependent.has(input))) continue;
    const context = {
      inputs: inputs.map((input) => builder.value(input)),
      output: builder.value(id),
      attributes,
      dy,
    };
    for (const [i, gradient] of operation.vjp(context).entries()) {
      const input = inputs[i]!;
      if (!gradient || !dependent.has(input)) continue;
      const total = totals.get(input);
      totals.set(input, total ? add(total, gradient) : gradient);
    }
  }
  return of.map(
    ({ id, shape }) =>
      totals.get(id) ??
      builder.constant(new Float64Array(shape.reduce((product, n) => product * n, 1)), shape),
  );
}

/** Nodes up to `scalar` that lie on a path from one of `of`: only through these need gradients flow. */
function dependsOn(scalar: Value, of: readonly Value[]): Set<number> {
  const dependent = new Set(of.map(({ id }) => id));
  for (let id = 0; id <= scalar.id; id++)
    if (scalar.builder.nodes[id]!.inputs.some((input) => dependent.has(input))) dependent.add(id);
  return dependent;
}
