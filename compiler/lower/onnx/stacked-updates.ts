import type { Graph } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';
import { lowerOperation } from './lower-operation.ts';
import type { ModelWriter } from './model.ts';
import { type StateVector, stateInput } from './state.ts';
import type { Family } from './updates.ts';

/** Families whose updates do the same, and the state vector of each place in them. */
export interface Stack {
  readonly families: readonly Family[];
  readonly vectors: readonly StateVector[];
}

/** What lowered updates need to know of the model so far. */
interface Model {
  readonly graph: Graph;
  readonly writer: ModelWriter;
  /** Name of the value of a node that is lowered. */
  readonly value: (id: number) => string;
}

/**
 * The updates of families that do the same, done once on their state vectors.
 *
 * @returns for each stack the value that each place becomes; `undefined` for a variable that is not updated
 */
export function lowerUpdates(
  model: Model,
  updates: Readonly<Record<string, number>>,
  stacks: readonly Stack[],
): readonly (readonly (string | undefined)[])[] {
  const leaves = joinedLeaves(model, stacks);
  return stacks.map((stack, at) => lowerStack(model, updates, stack, leaves[at]!));
}

/**
 * The leaves that are no variables (gradients, mostly), as one vector for each of those that a family has. All are put
 * into one vector first, which is then cut: as its parts, they are computed in the order in which they become known;
 * with a vector for kernels and another for biases, each bias would be left until all kernels are done, and every
 * image with it.
 */
function joinedLeaves(
  { graph, writer, value }: Model,
  stacks: readonly Stack[],
): readonly (readonly string[])[] {
  const parts: string[] = [];
  const lengths: number[] = [];
  for (const { families } of stacks)
    for (const place of families[0]!.others.keys()) {
      const ids = families.map(({ others }) => others[place]!);
      const sizes = ids.map((id) => size(graph.nodes[id]!.shape));
      parts.push(...ids.map((id, i) => writer.reshape(value(id), graph.nodes[id]!.shape, [sizes[i]!])));
      lengths.push(sizes.reduce((total, n) => total + n, 0));
    }
  const whole = parts.length > 1 ? writer.node('Concat', parts, { axis: 0 }) : parts[0];
  const vectors =
    lengths.length > 1
      ? writer.nodes('Split', [whole!, writer.ints(lengths)], lengths.length, { axis: 0 })
      : whole === undefined
        ? []
        : [whole];
  let next = 0;
  return stacks.map(({ families }) => families[0]!.others.map(() => vectors[next++]!));
}

function lowerStack(
  { graph, writer, value }: Model,
  updates: Readonly<Record<string, number>>,
  { families, vectors }: Stack,
  others: readonly string[],
): readonly (string | undefined)[] {
  const { variables, leaves, others: ids, inner } = families[0]!;
  const flat = [vectors[0]!.length];
  const values = new Map<number, string>();
  for (const [id, variable] of leaves) values.set(id, stateInput(vectors[variables.indexOf(variable)]!));
  for (const [place, id] of ids.entries()) values.set(id, others[place]!);
  const operand = (id: number) => {
    const known = values.get(id);
    if (known !== undefined) return { value: known, shape: flat };
    const { shape } = graph.nodes[id]!;
    const narrow = shape.length > 1 ? [1] : shape;
    return { value: writer.reshape(value(id), shape, narrow), shape: narrow };
  };
  for (const id of inner) {
    const node = graph.nodes[id]!;
    values.set(id, lowerOperation(writer, node, node.inputs.map(operand), flat));
  }
  return variables.map((variable) => {
    const update = updates[variable];
    return update === undefined ? undefined : values.get(update);
  });
}
