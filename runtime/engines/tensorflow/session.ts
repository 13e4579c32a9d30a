import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Graph } from '../../../compiler/graph/graph.ts';
import { size } from '../../../compiler/graph/shape.ts';
import {
  encodeSavedModel,
  SAVED_MODEL_TAG,
  type Signature,
} from '../../../compiler/lower/tensorflow/protobuf.ts';
import { savedModel } from '../../../compiler/lower/tensorflow/saved-model.ts';
import type { Session, Tensors } from '../engine.ts';
import { EngineError } from '../error.ts';
import type { TensorflowFunction, TensorflowLibrary, TensorflowTensor } from './library.ts';

interface LoadedFunction {
  readonly signature: Signature;
  readonly loaded: TensorflowFunction;
}
type Arrays = Readonly<Record<string, Float32Array>>;

/**
 * Lowers and loads a graph. The model lies in a new folder each time, since a folder that is still loaded
 * would not be read again; once loaded it is not needed any more.
 */
export async function openSession(library: TensorflowLibrary, graph: Graph): Promise<Session> {
  const model = savedModel(graph);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dml-tensorflow-'));
  try {
    await writeFile(path.join(folder, 'saved_model.pb'), encodeSavedModel(model));
    const functions = new Map<string, LoadedFunction>();
    for (const [name, signature] of Object.entries(model.signatures)) {
      const loaded = await library.node.loadSavedModel(folder, [SAVED_MODEL_TAG], name);
      functions.set(name, { signature, loaded });
    }
    const session = new TensorflowSession(library, graph, functions);
    await session.write(startValues(graph));
    return session;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** TensorFlow refuses to read a variable that was never written. A weight that is forgotten shows as NaN. */
const startValues = (graph: Graph): Tensors =>
  new Map(
    graph.variables.map(({ name, shape, initial }) => [
      name,
      new Float32Array(size(shape)).fill(initial.kind === 'fill' ? initial.value : Number.NaN),
    ]),
  );

class TensorflowSession implements Session {
  readonly #library: TensorflowLibrary;
  readonly #graph: Graph;
  readonly #functions: ReadonlyMap<string, LoadedFunction>;

  constructor(library: TensorflowLibrary, graph: Graph, functions: ReadonlyMap<string, LoadedFunction>) {
    this.#library = library;
    this.#graph = graph;
    this.#functions = functions;
  }

  async init(): Promise<void> {
    this.#run('init', {});
  }

  async write(variables: Tensors): Promise<void> {
    const names = this.#graph.variables.map(({ name }) => name);
    const unknown = [...variables.keys()].find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`the graph has no variable ${unknown}`);
    // The signature takes all variables, so those not given are written as they are.
    const rest = names.every((name) => variables.has(name)) ? [] : await this.read();
    this.#run('write', Object.fromEntries([...rest, ...variables]));
  }

  async read(): Promise<Tensors> {
    return new Map(Object.entries(this.#run('read', {})));
  }

  async call(name: string, inputs: Arrays): Promise<Arrays> {
    return this.#run(name, inputs);
  }

  async dispose(): Promise<void> {
    for (const { loaded } of this.#functions.values()) loaded.dispose();
  }

  #run(name: string, inputs: Arrays): Arrays {
    const found = this.#functions.get(name);
    if (!found) throw new Error(`the graph has no function ${name}`);
    const { signature, loaded } = found;
    demandInputs(name, signature, inputs);
    const fed: Record<string, TensorflowTensor> = {};
    let fetched: Readonly<Record<string, TensorflowTensor>> = {};
    try {
      for (const [key, { shape }] of Object.entries(signature.inputs))
        fed[key] = this.#library.tensor(unaligned(inputs[key]!), shape, 'float32');
      fetched = loaded.predict(fed);
      return Object.fromEntries(Object.entries(fetched).map(([key, tensor]) => [key, tensor.dataSync()]));
    } catch (error) {
      throw explained(error);
    } finally {
      for (const tensor of [...Object.values(fed), ...Object.values(fetched)]) tensor.dispose();
    }
  }
}

/**
 * A copy that does not begin at a multiple of 64 bytes. TensorFlow copies such memory at once; other memory it would
 * share, keep as the value of a variable, and give back to JavaScript from a thread of its own.
 */
function unaligned(data: Float32Array): Float32Array {
  const copy = new Float32Array(new ArrayBuffer(4 + data.byteLength), 4);
  copy.set(data);
  return copy;
}

/** TensorFlow itself compares neither names of inputs nor shapes with what is fed. */
function demandInputs(name: string, { inputs }: Signature, given: Arrays): void {
  for (const [key, { shape }] of Object.entries(inputs)) {
    const found = given[key]?.length;
    if (found !== size(shape))
      throw new Error(
        `${name} takes ${key} [${shape}], ${size(shape)} numbers, and was given ${found ?? 'none'}`,
      );
  }
  const unknown = Object.keys(given).find((key) => !(key in inputs));
  if (unknown !== undefined) throw new Error(`${name} takes no ${unknown}`);
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !/OOM|RESOURCE_EXHAUSTED|out of memory/i.test(error.message)) return error;
  return new EngineError(
    `The device has too little memory for this experiment: ${error.message.split('\n', 1)[0]}`,
    'Take a smaller batch or crop, or a narrower model.',
  );
}
