import type { Graph, Node, Shape, Storage, Variable } from '../../graph/graph.ts';
import { reachable } from '../../graph/graph.ts';
import { GraphDef } from './graph-def.ts';
import { encodeSavedModel, type SavedModel, type Signature, type TensorInfo } from './protobuf.ts';

/** The key under which `init` and `write` answer, since a call must fetch something. */
const DONE = 'done';

/** A variable inside the graph: its handle, and its one read, which all functions share. */
interface Resource {
  readonly variable: Variable;
  readonly handle: string;
  readonly value: string;
}

/**
 * A graph as a SavedModel. Its functions (`train`, `infer`) become signatures; beside them stand
 * - `init`: optimizer state and statistics get their initial values,
 * - `write`: every variable is fed, in its logical shape,
 * - `read`: every variable is returned, in its logical shape.
 * Weights, optimizer state and statistics are resource variables: they live from call to call in one session.
 */
export function savedModel(graph: Graph): SavedModel {
  const def = new GraphDef();
  const resources = new Map(graph.variables.map((variable) => [variable.name, declare(def, variable)]));
  const names = lowerNodes(def, graph, resources);
  const functions = Object.keys(graph.functions).map((name): [string, Signature] => [
    name,
    lowerFunction(def, name, graph, names, resources),
  ]);
  const all = [...resources.values()];
  const state = {
    init: initSignature(def, all),
    write: writeSignature(def, all),
    read: readSignature(def, all),
  };
  return { nodes: def.nodes, signatures: { ...Object.fromEntries(functions), ...state } };
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
  const value = def.named(`${variable.name}/read`, 'ReadVariableOp', [handle], { dtype: { type: 'float' } });
  return { variable, handle, value };
}

/** Lowers what some function needs; gives the TensorFlow name of each node by its id. */
function lowerNodes(
  def: GraphDef,
  graph: Graph,
  resources: ReadonlyMap<string, Resource>,
): ReadonlyMap<number, string> {
  const needed = new Set(
    Object.keys(graph.functions).flatMap((name) => reachable(graph, name).map(({ id }) => id)),
  );
  const names = new Map<number, string>();
  const place = (node: Node): string => {
    const name = String(node.attributes.name);
    if (node.operation.name === 'input') return def.placeholder(name, node.shape);
    if (node.operation.name === 'variable') return resources.get(name)!.value;
    const inputs = node.inputs.map((id) => ({ name: names.get(id)!, shape: graph.nodes[id]!.shape }));
    def.scope(`${node.operation.name}.${node.id}`);
    return lower(def, node, inputs);
  };
  for (const node of graph.nodes) if (needed.has(node.id)) names.set(node.id, place(node));
  return names;
}

function lower(
  def: GraphDef,
  { operation, attributes, shape }: Pick<Node, 'operation' | 'attributes' | 'shape'>,
  inputs: readonly { readonly name: string; readonly shape: Shape }[],
): string {
  const lowering = operation.lower.tensorflow;
  if ('never' in lowering) throw new Error(`${operation.name} has no TensorFlow form: ${lowering.never}`);
  return lowering({
    b: def,
    inputs: inputs.map(({ name }) => name),
    inputShapes: inputs.map((input) => input.shape),
    attributes,
    shape,
  });
}

function lowerFunction(
  def: GraphDef,
  name: string,
  graph: Graph,
  names: ReadonlyMap<number, string>,
  resources: ReadonlyMap<string, Resource>,
): Signature {
  const { outputs, updates } = graph.functions[name]!;
  def.scope(name);
  // A variable is read before it is written, so every read of a call gives its value before the call.
  const assigned = Object.entries(updates).map(([variable, id]) => {
    const resource = resources.get(variable)!;
    return assign(def, resource, names.get(id)!, [resource.value]);
  });
  // Only what is fetched runs, so the outputs wait for the updates.
  const after = assigned.length > 0 ? [def.group(`${name}/updates`, assigned)] : [];
  return {
    inputs: Object.fromEntries(
      reachable(graph, name)
        .filter(({ operation }) => operation.name === 'input')
        .map(({ id, shape, attributes }) => [String(attributes.name), { node: names.get(id)!, shape }]),
    ),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([key, id]) => [
        key,
        { node: def.identity(`${name}/${key}`, names.get(id)!, after), shape: graph.nodes[id]!.shape },
      ]),
    ),
  };
}

const assign = (def: GraphDef, { handle }: Resource, value: string, after: readonly string[] = []): string =>
  def.op('AssignVariableOp', [handle, value, ...after.map((node) => `^${node}`)], {
    dtype: { type: 'float' },
  });

function initSignature(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('init');
  const state = resources.filter(({ variable }) => variable.role !== 'weight');
  const assigned = state.map((resource) => {
    const { initial, name } = resource.variable;
    if (initial.kind !== 'fill')
      throw new Error(`${name} is no weight, so it starts with one value everywhere`);
    const value = def.op(
      'Fill',
      [def.ints(storedShape(resource.variable)), def.constant([initial.value], [])],
      { T: { type: 'float' }, index_type: { type: 'int32' } },
    );
    return assign(def, resource, value);
  });
  return { inputs: {}, outputs: doneAfter(def, 'init', assigned) };
}

function writeSignature(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('write');
  const inputs: Record<string, TensorInfo> = {};
  const assigned = resources.map((resource) => {
    const { name, shape, storage } = resource.variable;
    const node = def.placeholder(`write/${name}`, shape);
    inputs[name] = { node, shape };
    return assign(def, resource, storage ? convert(def, storage.pack, node, shape, storage.shape) : node);
  });
  return { inputs, outputs: doneAfter(def, 'write', assigned) };
}

function readSignature(def: GraphDef, resources: readonly Resource[]): Signature {
  def.scope('read');
  const outputs = resources.map(({ variable: { name, shape, storage }, value }): [string, TensorInfo] => {
    const unpacked = storage ? convert(def, storage.unpack, value, storage.shape, shape) : value;
    return [name, { node: def.identity(`read/${name}`, unpacked), shape }];
  });
  return { inputs: {}, outputs: Object.fromEntries(outputs) };
}

const convert = (
  def: GraphDef,
  { operation, attributes }: Storage['pack'],
  name: string,
  from: Shape,
  to: Shape,
): string => lower(def, { operation, attributes, shape: to }, [{ name, shape: from }]);

const doneAfter = (def: GraphDef, name: string, after: readonly string[]): Signature['outputs'] => ({
  [DONE]: { node: def.identity(`${name}/${DONE}`, def.constant([1], []), after), shape: [] },
});
