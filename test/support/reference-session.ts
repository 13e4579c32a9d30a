import type { Graph } from '../../compiler/graph/graph.ts';
import { inputsOf } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import { evaluate, type TensorMap, tensor } from '../../compiler/lower/reference/evaluate.ts';
import type { EngineClass, EngineProvider, Session, Tensors } from '../../runtime/engines/engine.ts';

/** A session of the reference evaluator whose state is float32 between the calls, as that of an engine. */
export function referenceSession(graph: Graph): Session {
  const state = new Map(graph.variables.map(({ name, shape }) => [name, new Float32Array(size(shape))]));
  const variables = (): TensorMap =>
    Object.fromEntries(graph.variables.map(({ name, shape }) => [name, tensor(shape, state.get(name)!)]));
  const write = (values: Tensors) => {
    for (const [name, data] of values) state.get(name)!.set(data);
  };
  return {
    async init() {
      for (const { name, role, initial } of graph.variables)
        if (role !== 'weight') state.get(name)!.fill(initial.kind === 'fill' ? initial.value : Number.NaN);
    },
    async write(values) {
      write(values);
    },
    async read() {
      return new Map([...state].map(([name, data]) => [name, data.slice()]));
    },
    async call(name, inputs) {
      const shapes = Object.entries(inputsOf(graph, name));
      const feeds = Object.fromEntries(
        shapes.map(([input, shape]) => [input, tensor(shape, inputs[input]!)]),
      );
      const { outputs, updates } = evaluate(graph, name, feeds, variables());
      write(new Map(Object.entries(updates).map(([key, { data }]) => [key, Float32Array.from(data)])));
      return Object.fromEntries(
        Object.entries(outputs).map(([key, { data }]) => [key, Float32Array.from(data)]),
      );
    },
    async dispose() {},
  };
}

export const referenceClass: EngineClass = {
  engine: 'native',
  version: 'reference',
  device: 'cpu',
  block: 1,
  replicas: 1,
  threads: 1,
};

/** An engine that is always there; `wrap` may watch or change its sessions. */
export const referenceEngine = (
  wrap: (session: Session) => Session = (session) => session,
): EngineProvider => ({
  name: 'native',
  find: async () => ({ found: referenceClass }),
  open: async () => ({ class: referenceClass, load: async (graph) => wrap(referenceSession(graph)) }),
});
