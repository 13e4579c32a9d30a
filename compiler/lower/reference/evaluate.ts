import type { Value } from '../../graph/builder.ts';
import type { Graph, Node } from '../../graph/graph.ts';
import { neededFor, reachable } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/operation.ts';
import { equal, size } from '../../graph/shape.ts';

export type TensorMap = Readonly<Record<string, Tensor>>;

export interface Evaluation {
  readonly outputs: TensorMap;
  /** What the updated variables become. */
  readonly updates: TensorMap;
  /** Largest number of elements that were alive at once, inputs and variables included. */
  readonly peakElements: number;
}

export const tensor = (shape: readonly number[], data: ArrayLike<number>): Tensor => ({
  shape,
  data: Float64Array.from(data),
});

/** Calls a function of the graph in float64, one node after the other, and counts what is alive. */
export function evaluate(
  graph: Graph,
  name: string,
  inputs: TensorMap,
  variables: TensorMap = {},
): Evaluation {
  const { outputs, updates } = graph.functions[name]!;
  const results = [...Object.values(outputs), ...Object.values(updates)];
  const { values, peakElements } = run(reachable(graph, name), results, {
    input: inputs,
    variable: variables,
  });
  const pick = (ids: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, values.get(id)!]));
  return { outputs: pick(outputs), updates: pick(updates), peakElements };
}

/** The values themselves, while their graph is still being built. */
export function evaluateValues(
  values: readonly Value[],
  inputs: TensorMap = {},
  variables: TensorMap = {},
): Tensor[] {
  const ids = values.map(({ id }) => id);
  const nodes = neededFor(ids, values[0]!.builder.nodes);
  const results = run(nodes, ids, { input: inputs, variable: variables });
  return values.map(({ id }) => results.values.get(id)!);
}

type Given = Readonly<Record<string, TensorMap>>;

function run(nodes: readonly Node[], results: readonly number[], given: Given) {
  const lastUse = new Map<number, number>();
  for (const { id, inputs } of nodes) for (const input of inputs) lastUse.set(input, id);
  for (const id of results) lastUse.set(id, Number.POSITIVE_INFINITY);
  const values = new Map<number, Tensor>();
  let alive = 0;
  let peakElements = 0;
  for (const node of nodes) {
    const value = compute(node, values, given);
    values.set(node.id, value);
    alive += value.data.length;
    peakElements = Math.max(peakElements, alive);
    for (const input of new Set(node.inputs))
      if (lastUse.get(input) === node.id) {
        alive -= values.get(input)!.data.length;
        values.delete(input);
      }
  }
  return { values, peakElements };
}

function compute(
  { operation, inputs, attributes, shape }: Node,
  values: ReadonlyMap<number, Tensor>,
  given: Given,
): Tensor {
  const leaves = given[operation.name];
  if (leaves) {
    const name = attributes.name as string;
    const value = leaves[name];
    if (!value || !equal(value.shape, shape))
      throw new Error(
        `${operation.name} ${name} must be [${shape}], given: ${value ? `[${value.shape}]` : 'nothing'}`,
      );
    return value;
  }
  const out = { shape, data: new Float64Array(size(shape)) };
  operation.lower.reference(
    inputs.map((id) => values.get(id)!),
    attributes,
    out,
  );
  return out;
}
