import type { Graph, GraphFunction, Node, Shape, Storage, Variable } from '../../graph/graph.ts';
import type { Operation } from '../../graph/operation.ts';
import { GraphDef } from './graph-def.ts';
import { encodeSavedModel, type SavedModel, type Signature, type TensorInfo } from './protobuf.ts';

/** The key under which `init` and `write` answer, since a call must fetch something. */
export const DONE = 'done';

/** A variable inside the graph: its handle, and its one read, which every function shares. */
interface Resource {
  readonly variable: Variable;
  readonly handle: string;
  readonly read: string;
}

/**
 * A graph as a SavedModel. Its functions (`train`, `infer`) become signatures; beside them stand
 * - `init`: optimizer state and statistics get their initial values,
 * - `write`: every variable is fed, in its logical shape,
 * - `read`: every variable is returned, in its logical shape.
 * Weights, optimizer state and statistics are resource variables, so they live from call to call in one session.
 */
export function savedModel(graph: Graph): SavedModel {
  const def = new GraphDef();
  const resources = new Map(graph.variables.map((variable) => [variable.name, declare(def, variable)]));
  const names = lowerNodes(def, graph, resources);
  const lowered = Object.entries(graph.functions).map(
    ([name, value]) => [name, lowerFunction(def, name, value, graph, names, resources)] as const,
  );
  const all = [...resources.values()];
  const signatures: Readonly<Record<string, Signature>> = {
    ...Object.fromEntries(lowered),
    init: initialize(def, all),
    write: write(def, all),
    read: read(def, all),
  };
  return { nodes: def.nodes, signatures };
}

/** Bytes of `saved_model.pb`. The same graph gives the same bytes. */
export const savedModelBytes = (graph: Graph): Uint8Array => encodeSavedModel(savedModel(graph));

const storedShape = ({ storage, shape }: Variable): Shape => storage?.shape ?? shape;

function declare(def: GraphDef, variable: Variable): Resource {
  const handle = def.named(variable.name, 'VarHandleOp', [], {
    dtype: { type: 'float' },
    shape: { shape: storedShape(variable) },
    shared_name: { string: variable.name },
    container: { string: '' },
  });
  const read = def.named(`${variable.name}/read`, 'ReadVariableOp', [handle], { dtype: { type: 'float' } });
  return { variable, handle, read };
}

/** Lowers what some function needs; gives the TensorFlow name of each node by its id. */
function lowerNodes(
  def: GraphDef,
  graph: Graph,
  resources: ReadonlyMap<string, Resource>,
): ReadonlyMap<number, string> {
  const needed = neededNodes(graph);
  const names = new Map<number, string>();
  for (const node of graph.nodes) if (needed.has(node.id)) names.set(node.id, place(node));
  return names;

  function place(node: Node): string {
    const name = String(node.attributes['name']);
    if (node.operation.name === 'input') return def.placeholder(name, node.shape);
    if (node.operation.name === 'variable') return resources.get(name)!.read;
    def.scope(`${node.operation.name}.${node.id}`);
    return lower(def, node, {
      inputs: node.inputs.map((id) => names.get(id)!),
      shapes: node.inputs.map((id) => graph.nodes[id]!.shape),
    });
  }
}

function neededNodes(graph: Graph): ReadonlySet<number> {
  const ends = Object.values(graph.functions).flatMap(({ outputs, updates }) => [
    ...Object.values(outputs),
    ...Object.values(updates),
  ]);
  const needed = new Set(ends);
  for (const node of graph.nodes.toReversed())
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  return needed;
}

function lower(
  def: GraphDef,
  { operation, attributes, shape }: Pick<Node, 'operation' | 'attributes' | 'shape'>,
  { inputs, shapes }: { readonly inputs: readonly string[]; readonly shapes: readonly Shape[] },
): string {
  const lowering = operation.lower.tensorflow;
  if ('never' in lowering) throw new Error(`${operation.name} has no TensorFlow form: ${lowering.never}`);
  return lowering({ b: def, inputs, inputShapes: shapes, attributes, shape });
}

function lowerFunction(
  def: GraphDef,
  name: string,
  { outputs, updates }: GraphFunction,
  graph: Graph,
  names: ReadonlyMap<number, string>,
  resources: ReadonlyMap<string, Resource>,
): Signature {
  def.scope(name);
  const assigned = Object.entries(updates).map(([variable, id]) =>
    assign(def, resources.get(variable)!, names.get(id)!),
  );
  const after = assigned.length ? [def.group(`${name}/updates`, assigned)] : [];
  const results = Object.entries(outputs).map(([key, id]): [string, TensorInfo] => [
    key,
    { node: def.identity(`${name}/${key}`, names.get(id)!, after), shape: graph.nodes[id]!.shape },
  ]);
  return { inputs: fed(graph, { outputs, updates }, names), outputs: Object.fromEntries(results) };
}

/** Inputs by name that the function depends on. */
function fed(
  graph: Graph,
  value: GraphFunction,
  names: ReadonlyMap<number, string>,
): Readonly<Record<string, TensorInfo>> {
  const needed = neededNodes({ ...graph, functions: { value } });
  const inputs = graph.nodes.filter((node) => node.operation.name === 'input' && needed.has(node.id));
  return Object.fromEntries(
    inputs.map((node) => [String(node.attributes['name']), { node: names.get(node.id)!, shape: node.shape }]),
  );
}

/** A variable is read before it is written, so every read of a call gives its value before the call. */
const assign = (def: GraphDef, { handle, read }: Resource, value: string): string =>
  def.op('AssignVariableOp', [handle, value, `^${read}`], { dtype: { type: 'float' } });

/** Overwrites without reading, which would fail on a variable that has no value yet. */
const overwrite = (def: GraphDef, { handle }: Resource, value: string): string =>
  def.op('AssignVariableOp', [handle, value], { dtype: { type: 'float' } });

function initialize(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('init');
  const state = resources.filter(({ variable }) => variable.role !== 'weight');
  const assigned = state.map((resource) => {
    const { initial, name } = resource.variable;
    if (initial.kind !== 'fill') throw new Error(`${name} is no weight, so it starts with one value everywhere`);
    const value = def.op('Fill', [def.ints(storedShape(resource.variable)), def.constant([initial.value], [])], {
      T: { type: 'float' },
      index_type: { type: 'int32' },
    });
    return overwrite(def, resource, value);
  });
  return { inputs: {}, outputs: done(def, 'init', assigned) };
}

function write(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('write');
  const entries = resources.map((resource) => {
    const { name, shape, storage } = resource.variable;
    const node = def.placeholder(`write/${name}`, shape);
    const packed = storage ? convert(def, storage.pack, node, shape, storage.shape) : node;
    return { name, info: { node, shape }, assigned: overwrite(def, resource, packed) };
  });
  return {
    inputs: Object.fromEntries(entries.map(({ name, info }) => [name, info])),
    outputs: done(
      def,
      'write',
      entries.map(({ assigned }) => assigned),
    ),
  };
}

function read(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('read');
  const outputs = resources.map(({ variable: { name, shape, storage }, read: value }): [string, TensorInfo] => {
    const unpacked = storage ? convert(def, storage.unpack, value, storage.shape, shape) : value;
    return [name, { node: def.identity(`read/${name}`, unpacked), shape }];
  });
  return { inputs: {}, outputs: Object.fromEntries(outputs) };
}

const convert = (
  def: GraphDef,
  { operation, attributes }: Storage['pack'] & { readonly operation: Operation },
  value: string,
  from: Shape,
  to: Shape,
): string => lower(def, { operation, attributes, shape: to }, { inputs: [value], shapes: [from] });

const done = (
  def: GraphDef,
  name: string,
  after: readonly string[],
): Readonly<Record<string, TensorInfo>> => ({
  [DONE]: { node: def.identity(`${name}/${DONE}`, def.constant([1], []), after), shape: [] },
});
