import type { Graph } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';
import { lowerOperation } from './lower-operation.ts';
import type { ModelWriter } from './model.ts';
import { type StateVector, stateInput } from './state.ts';
import type { Family } from './updates.ts';

/**
 * The updates of families that do the same, done once on their state vectors: the leaves that are no variables are
 * joined to vectors too.
 *
 * @param vectors of each place in the families
 * @param value of a node that is lowered
 * @returns the value that each place becomes; `undefined` for a variable that is not updated
 */
export function lowerUpdates(
  graph: Graph,
  writer: ModelWriter,
  updates: Readonly<Record<string, number>>,
  families: readonly Family[],
  vectors: readonly StateVector[],
  value: (id: number) => string,
): readonly (string | undefined)[] {
  const first = families[0]!;
  const flat = [vectors[0]!.length];
  const values = new Map<number, string>();
  for (const [id, variable] of first.leaves)
    values.set(id, stateInput(vectors[first.variables.indexOf(variable)]!));
  for (const [at, id] of first.others.entries()) {
    const parts = families.map(({ others }) => {
      const { shape } = graph.nodes[others[at]!]!;
      return writer.reshape(value(others[at]!), shape, [size(shape)]);
    });
    values.set(id, parts.length === 1 ? parts[0]! : writer.node('Concat', parts, { axis: 0 }));
  }
  const operand = (id: number) => {
    const known = values.get(id);
    if (known !== undefined) return { value: known, shape: flat };
    const { shape } = graph.nodes[id]!;
    return {
      value: writer.reshape(value(id), shape, shape.length > 1 ? [1] : shape),
      shape: shape.slice(0, 1),
    };
  };
  for (const id of first.inner) {
    const node = graph.nodes[id]!;
    values.set(id, lowerOperation(writer, node, node.inputs.map(operand), flat));
  }
  return first.variables.map((variable) => {
    const update = updates[variable];
    return update === undefined ? undefined : values.get(update);
  });
}
