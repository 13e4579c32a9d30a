import type { Graph } from '../../compiler/graph/graph.ts';

export type EngineName = 'native' | 'tensorflow' | 'cuda';

/** What decides the bits of a run, besides file and seed. Recorded with the run; a resumed run takes it over. */
export interface EngineClass {
  readonly engine: EngineName;
  /** Version of the library that computes. */
  readonly version: string;
  readonly device: string;
  /** Channels in a block of the layout; 1 is the plain layout. */
  readonly block: number;
  readonly replicas: number;
  readonly threads: number;
}

/** Float32, row-major, in the layout of the logical shape (kernels [height, width, in, out]). Keys are variable names. */
export type Tensors = ReadonlyMap<string, Float32Array>;

/** A graph, compiled and loaded. One call is one step; nothing but batch, rate and loss crosses the boundary. */
export interface Session {
  /** Sets optimizer state and statistics to their initial values. */
  init(): Promise<void>;
  /** Sets the variables that are given. */
  write(variables: Tensors): Promise<void>;
  /** All variables: weights, optimizer state, statistics. */
  read(): Promise<Tensors>;
  /**
   * Calls a function of the graph (`train`, `infer`) with its inputs by name; applies its updates, returns its outputs.
   * Lengths are checked against the shapes before the call.
   */
  call(
    name: string,
    inputs: Readonly<Record<string, Float32Array>>,
  ): Promise<Readonly<Record<string, Float32Array>>>;
  dispose(): Promise<void>;
}

export interface Engine {
  readonly class: EngineClass;
  /** Applies the passes of this engine's profile, lowers and loads. */
  load(graph: Graph): Promise<Session>;
}

/** Why an engine cannot be had here, and what to do. */
export interface Missing {
  readonly engine: EngineName;
  readonly reason: string;
  readonly help: string;
}

/** One entry of the table of engines (`runtime/engines/index.ts`). */
export interface EngineProvider {
  readonly name: EngineName;
  /** Looks, without loading anything heavy. `wanted` is the class of an interrupted run that must be met exactly. */
  find(wanted?: EngineClass): Promise<{ readonly found: EngineClass } | { readonly missing: Missing }>;
  /** Loads the library and returns the engine of that class. */
  open(engine: EngineClass): Promise<Engine>;
}
