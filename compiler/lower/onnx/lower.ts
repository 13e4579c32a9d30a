import { type Graph, inputsOf, type Node, reachable, type Shape } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';
import { ModelWriter } from './model.ts';
import { type Role, type StateVector, stateInput, stateLayout, stateOutput, storedShape } from './state.ts';

/** One function of a graph as an ONNX model that takes and returns the state as a few flat vectors. */
export interface OnnxProgram {
  readonly model: Uint8Array;
  /** What is fed besides the state, and what is returned. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  /** Vectors that the function reads, and those that it returns anew. */
  readonly reads: readonly Role[];
  readonly writes: readonly Role[];
}

/** @throws Error where an operation has no ONNX lowering: a pass before this one was left out. */
export function lowerFunction(graph: Graph, name: string): OnnxProgram {
  const { outputs, updates } = graph.functions[name]!;
  const nodes = reachable(graph, name);
  const writer = new ModelWriter();
  const inputs = inputsOf(graph, name);
  for (const [input, shape] of Object.entries(inputs)) writer.input(input, shape);

  const layout = stateLayout(graph);
  const used = new Set(nodes.filter(isVariable).map(({ attributes }) => attributes.name));
  const has = (names: (variable: string) => boolean) => (vector: StateVector) =>
    vector.slots.some(({ variable }) => names(variable.name));
  const writes = layout.filter(has((variable) => variable in updates));
  const reads = layout.filter((vector) => writes.includes(vector) || has((v) => used.has(v))(vector));
  const segments = new Map(reads.flatMap((vector) => split(writer, vector)));

  const values = new Map<number, string>();
  for (const node of nodes) values.set(node.id, lowerNode(node, graph, writer, values, segments));

  writer.scope('');
  for (const [output, id] of Object.entries(outputs))
    writer.output(output, values.get(id)!, graph.nodes[id]!.shape);
  for (const { role, length, slots } of writes) {
    const parts = slots.map((slot) => {
      const update = updates[slot.variable.name];
      return update === undefined
        ? segments.get(slot.variable.name)!
        : writer.reshape(values.get(update)!, storedShape(slot.variable), [slot.length]);
    });
    writer.output(stateOutput(role), writer.node('Concat', parts, { axis: 0 }), [length]);
  }
  const shapeOf = (id: number) => graph.nodes[id]!.shape;
  return {
    model: writer.finish(name, documentation(name, reads)),
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).map(([output, id]) => [output, shapeOf(id)])),
    reads: reads.map(({ role }) => role),
    writes: writes.map(({ role }) => role),
  };
}

const isVariable = ({ operation }: Node) => operation.name === 'variable';

/** Name of the value that a node becomes. */
function lowerNode(
  { id, operation, inputs, attributes, shape }: Node,
  graph: Graph,
  writer: ModelWriter,
  values: ReadonlyMap<number, string>,
  segments: ReadonlyMap<string, string>,
): string {
  const name = String(attributes.name);
  if (operation.name === 'input') return name;
  if (operation.name === 'variable') return writer.reshape(segments.get(name)!, [size(shape)], shape);
  const { onnx } = operation.lower;
  if (typeof onnx !== 'function')
    throw new Error(`${operation.name} reached the ONNX lowering, although ${onnx.never}`);
  writer.scope(`${operation.name}.${id}`);
  const value = onnx({
    b: writer,
    inputs: inputs.map((input) => values.get(input)!),
    inputShapes: inputs.map((input) => graph.nodes[input]!.shape),
    attributes,
    shape,
  });
  writer.describe(value, shape);
  return value;
}

/** The flat vector cut into its variables, by name. */
function split(writer: ModelWriter, { role, length, slots }: StateVector): [string, string][] {
  const vector = writer.input(stateInput(role), [length]);
  const lengths = writer.ints(slots.map((slot) => slot.length));
  const parts =
    slots.length === 1 ? [vector] : writer.nodes('Split', [vector, lengths], slots.length, { axis: 0 });
  return slots.map(({ variable }, at) => [variable.name, parts[at]!]);
}

/** What the state vectors hold, for whoever opens the model in a viewer. */
const documentation = (name: string, vectors: readonly StateVector[]) =>
  [
    `Function ${name} of a training graph made by dml.`,
    ...vectors.map(({ role, slots }) => {
      const parts = slots.map(({ variable }) => `${variable.name} [${storedShape(variable)}]`);
      return `${stateInput(role)} holds, one after the other: ${parts.join(', ')}.`;
    }),
  ].join('\n');
