import type { Value } from '../../compiler/graph/builder.ts';
import type { Shape } from '../../compiler/graph/graph.ts';

/**
 * Numbers that are known when the graph is built, such as a kernel or a matrix.
 *
 * @param beside any value of the graph in which they are to stand
 * @param data one number for each element, row-major
 */
export function constant(beside: Value, data: ArrayLike<number>, shape: Shape): Value {
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size) throw new Error(`a constant of shape [${shape}] from ${data.length} numbers`);
  return beside.builder.constant(data, shape);
}
