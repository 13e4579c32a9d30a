import type { Attributes, Graph, GraphFunction, Node, Shape, Variable } from './graph.ts';
import type { Operation } from './operation.ts';

/** A node while its graph is being built. */
export interface Value {
  readonly builder: GraphBuilder;
  readonly id: number;
  readonly shape: Shape;
}

/** Grows a graph node by node. Equal nodes are one: common subexpressions never come to be. */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly variables = new Map<string, Variable>();
  readonly functions: Record<string, GraphFunction> = {};
  readonly #known = new Map<string, Value>();

  emit(operation: Operation, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const shapes = inputs.map((input) => input.shape);
    const shape = operation.shape(shapes, attributes);
    const ids = inputs.map((input) => input.id);
    const key = `${operation.name} ${ids} ${JSON.stringify(attributes, (_, value) => (value instanceof Float64Array ? [...value] : value))}`;
    const known = this.#known.get(key);
    if (known) return known;
    const id = this.nodes.length;
    this.nodes.push({ id, operation, inputs: ids, attributes, shape });
    const value = { builder: this, id, shape };
    this.#known.set(key, value);
    return value;
  }

  value(id: number): Value {
    return { builder: this, id, shape: this.nodes[id]!.shape };
  }

  build(): Graph {
    return {
      nodes: [...this.nodes],
      variables: [...this.variables.values()],
      functions: { ...this.functions },
    };
  }
}
