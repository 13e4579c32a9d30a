import type { Attributes, Graph, GraphFunction, Node, Shape, Variable } from './graph.ts';
import type { Operation } from './operation.ts';
import { constantOperation, inputOperation, variableOperation } from './operations/leaves.ts';
import { equal } from './shape.ts';

/** A node while its graph is being built. */
export interface Value {
  /** @internal */
  readonly builder: GraphBuilder;
  /** Its number among the nodes of the graph. */
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
    const shape = operation.shape(
      inputs.map((input) => input.shape),
      attributes,
    );
    const ids = inputs.map((input) => input.id);
    const key = `${operation.name} ${ids} ${attributesKey(attributes)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const value = { builder: this, id: this.nodes.length, shape };
    this.nodes.push({ id: value.id, operation, inputs: ids, attributes, shape });
    this.#known.set(key, value);
    return value;
  }

  /** What a caller feeds. The same name must always have the same shape. */
  input(name: string, shape: Shape): Value {
    return this.emit(inputOperation, [], { name, shape });
  }

  /** The value that a variable has before the call; declares the variable where it is new. */
  variable(declaration: Variable): Value {
    const known = this.variables.get(declaration.name);
    if (known && !equal(known.shape, declaration.shape))
      throw new Error(`variable ${declaration.name} has shapes [${known.shape}] and [${declaration.shape}]`);
    this.variables.set(declaration.name, declaration);
    return this.emit(variableOperation, [], {
      name: declaration.name,
      shape: declaration.storage?.shape ?? declaration.shape,
    });
  }

  constant(data: number | ArrayLike<number>, shape: Shape = []): Value {
    const values = typeof data === 'number' ? Float64Array.of(data) : Float64Array.from(data);
    return this.emit(constantOperation, [], { data: values, shape });
  }

  /** Makes an entry point of the graph. */
  define(
    name: string,
    outputs: Readonly<Record<string, Value>>,
    updates: Readonly<Record<string, Value>> = {},
  ): void {
    const ids = (values: Readonly<Record<string, Value>>) =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.id]));
    this.functions[name] = { outputs: ids(outputs), updates: ids(updates) };
  }

  node(value: Value): Node {
    return this.nodes[value.id]!;
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

const attributesKey = (attributes: Attributes): string =>
  JSON.stringify(attributes, (_, value) =>
    value instanceof Float64Array ? Array.from(value, String) : value,
  );

/** A number stands for a constant without axes. */
export type Operand = Value | number;

/** The operands as values of one builder; at least one of them must be a value. */
export function operands(...list: Operand[]): Value[] {
  const builder = list.find((operand) => typeof operand !== 'number')?.builder;
  if (!builder) throw new Error('an operation of numbers alone has no graph to stand in');
  return list.map((operand) => (typeof operand === 'number' ? builder.constant(operand) : operand));
}
