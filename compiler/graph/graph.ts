import type { Operation } from './operation.ts';

/** Sizes of the axes, row-major. All shapes are static; every element is a float. */
export type Shape = readonly number[];

export type Attribute = number | string | boolean | readonly number[] | Float64Array;
export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  /** Its index in `Graph.nodes`. */
  readonly id: number;
  readonly operation: Operation;
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
  readonly shape: Shape;
}

/** State that lives across calls. */
export interface Variable {
  /**
   * A path: `encoder.0.conv1.kernel`, and for the optimizer `momentum/encoder.0.conv1.kernel`, or `first/all` for a number
   * that all weights share.
   */
  readonly name: string;
  /** As on disk and in `Session.read`. */
  readonly shape: Shape;
  readonly role: 'weight' | 'optimizer' | 'statistic';
  readonly initial: Initial;
  /** How an engine keeps it, if not as its logical shape: set by a layout pass. */
  readonly storage?: Storage;
}

/** Drawn by `dml` from the seed and the name, equal on all engines; or one value everywhere. */
export type Initial =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'fill'; readonly value: number };

/** Operations between the logical shape and the stored one; `pack` then `unpack` is the identity. */
export interface Storage {
  readonly shape: Shape;
  readonly pack: { readonly operation: Operation; readonly attributes: Attributes };
  readonly unpack: { readonly operation: Operation; readonly attributes: Attributes };
}

/** An entry point: what is returned and what variables become. Numbers are node ids; what it is fed follows from them. */
export interface GraphFunction {
  readonly outputs: Readonly<Record<string, number>>;
  readonly updates: Readonly<Record<string, number>>;
}

/**
 * A training step as data. Nodes stand in topological order; leaves are the operations `input` (attribute `name`),
 * `variable` (attribute `name`) and `constant` (attribute `data`). A variable read is its value before the call.
 */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly variables: readonly Variable[];
  readonly functions: Readonly<Record<string, GraphFunction>>;
}

/** These nodes of a list in topological order, and all that they need, in that order. */
export function neededFor(ids: readonly number[], nodes: readonly Node[]): readonly Node[] {
  const needed = new Set(ids);
  for (let id = nodes.length - 1; id >= 0; id--)
    if (needed.has(id)) for (const input of nodes[id]!.inputs) needed.add(input);
  return nodes.filter((node) => needed.has(node.id));
}

/** The nodes that a function needs, in topological order. */
export function reachable({ nodes, functions }: Graph, name: string): readonly Node[] {
  const { outputs, updates } = functions[name]!;
  return neededFor([...Object.values(outputs), ...Object.values(updates)], nodes);
}

/** Names and shapes of what a function is fed, in the order of their first use. */
export const inputsOf = (graph: Graph, name: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(
    reachable(graph, name)
      .filter((node) => node.operation.name === 'input')
      .map((node) => [node.attributes.name as string, node.shape]),
  );
