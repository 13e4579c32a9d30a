import { type Graph, inputsOf, type Node, type Shape } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';
import { lowerOperation } from './lower-operation.ts';
import { ModelWriter } from './model.ts';
import { lowerUpdates } from './stacked-updates.ts';
import { byKey, type StateVector, stateInput, stateLayout, stateOutput, storedShape } from './state.ts';
import { type Family, updateFamilies } from './updates.ts';

/** One function of a graph as an ONNX model that takes and returns the state as a few flat vectors. */
export interface OnnxProgram {
  readonly model: Uint8Array;
  /** What is fed besides the state, and what is returned. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  /** Vectors that the function reads, and those that it returns anew. */
  readonly reads: readonly StateVector[];
  readonly writes: readonly StateVector[];
}

export function lowerFunction(graph: Graph, name: string): OnnxProgram {
  const { outputs, updates } = graph.functions[name]!;
  const families = updateFamilies(graph, name);
  const nodes = neededNodes(graph, Object.values(outputs), families);
  const layout = stateLayout(graph);
  const vectorOf = (variable: string) =>
    layout.find(({ slots }) => slots.some((slot) => slot.variable.name === variable))!;
  const split = new Set(nodes.filter(isVariable).map(({ attributes }) => vectorOf(String(attributes.name))));
  const stacked = families.flatMap(({ variables }) => variables.map(vectorOf));
  const reads = layout.filter((vector) => split.has(vector) || stacked.includes(vector));

  const writer = new ModelWriter();
  const inputs = inputsOf(graph, name);
  for (const [input, shape] of Object.entries(inputs)) writer.input(input, shape);
  for (const vector of reads) writer.input(stateInput(vector), [vector.length]);
  const segments = new Map([...split].flatMap((vector) => segmentsOf(writer, vector)));
  const values = new Map<number, string>();
  const gradients = new Set(families.flatMap(({ others }) => others));
  for (const node of nodes) {
    const value = lowerNode(graph, writer, node, values, segments);
    values.set(node.id, value);
    // At once, so that it is scheduled here and not with the update.
    if (gradients.has(node.id)) writer.reshape(value, node.shape, [size(node.shape)]);
  }

  writer.scope('');
  for (const [output, id] of Object.entries(outputs))
    writer.output(output, values.get(id)!, graph.nodes[id]!.shape);
  writer.scope('update');
  const stacks = [...byKey(families).values()].map((group) => ({
    families: group,
    vectors: group[0]!.variables.map(vectorOf),
  }));
  const results = lowerUpdates({ graph, writer, value: (id) => values.get(id)! }, updates, stacks);
  const writes: StateVector[] = [];
  for (const [at, { vectors }] of stacks.entries())
    for (const [place, result] of results[at]!.entries()) {
      if (result === undefined) continue;
      const vector = vectors[place]!;
      writes.push(vector);
      writer.output(stateOutput(vector), result, [vector.length]);
    }
  const shapeOf = (id: number) => graph.nodes[id]!.shape;
  return {
    model: writer.finish(name, documentation(name, reads)),
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).map(([output, id]) => [output, shapeOf(id)])),
    reads,
    writes,
  };
}

const isVariable = ({ operation }: Node) => operation.name === 'variable';

/** What outputs and the leaves of updates depend on, in the graph's order. */
function neededNodes(graph: Graph, outputs: readonly number[], families: readonly Family[]): readonly Node[] {
  const needed = new Set(outputs);
  for (const { inner, others, leaves } of families) {
    const own = new Set([...inner, ...leaves.keys()]);
    for (const id of [...others, ...inner.flatMap((node) => graph.nodes[node]!.inputs)])
      if (!own.has(id)) needed.add(id);
  }
  for (const node of graph.nodes.toReversed())
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  return graph.nodes.filter(({ id }) => needed.has(id));
}

/** Name of the value that a node becomes. */
function lowerNode(
  graph: Graph,
  writer: ModelWriter,
  node: Node,
  values: ReadonlyMap<number, string>,
  segments: ReadonlyMap<string, string>,
): string {
  const { id, operation, shape, attributes } = node;
  const name = String(attributes.name);
  if (operation.name === 'input') return name;
  if (isVariable(node)) return writer.reshape(segments.get(name)!, [size(shape)], shape);
  writer.scope(`${operation.name}.${id}`);
  const inputs = node.inputs.map((input) => ({
    value: values.get(input)!,
    shape: graph.nodes[input]!.shape,
  }));
  return lowerOperation(writer, node, inputs, shape);
}

/** The vector cut into its variables, by name. */
function segmentsOf(writer: ModelWriter, vector: StateVector): readonly (readonly [string, string])[] {
  const lengths = writer.ints(vector.slots.map(({ length }) => length));
  const whole = stateInput(vector);
  const parts =
    vector.slots.length === 1
      ? [whole]
      : writer.nodes('Split', [whole, lengths], vector.slots.length, { axis: 0 });
  return vector.slots.map(({ variable }, at) => [variable.name, parts[at]!] as const);
}

/** What the state vectors hold, for whoever opens the model in a viewer. */
const documentation = (name: string, vectors: readonly StateVector[]) =>
  [
    `Function ${name} of a training graph made by dml.`,
    ...vectors.map((vector) => {
      const parts = vector.slots.map(({ variable }) => `${variable.name} [${storedShape(variable)}]`);
      return `${stateInput(vector)} holds, one after the other: ${parts.join(', ')}.`;
    }),
  ].join('\n');
