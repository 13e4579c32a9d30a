import type { Value } from '../../compiler/graph/builder.ts';
import { type Graph, inputsOf } from '../../compiler/graph/graph.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { evaluateValues, type TensorMap } from '../../compiler/lower/reference/evaluate.ts';
import type { Engine, EngineName, Session } from '../engines/engine.ts';
import { enginesFor } from '../engines/index.ts';
import { ArrayError } from './given.ts';

/** What can compute: plain loops in float64, or an engine in float32. */
export type EvaluatorName = 'reference' | EngineName;

/** Named values of a graph for its inputs by name; float64 in `reference`, float32 on an engine. */
export type Evaluate = (
  values: Readonly<Record<string, Value>>,
  inputs: TensorMap,
) => Promise<Readonly<Record<string, ArrayLike<number>>>>;

export interface Evaluator {
  readonly evaluate: Evaluate;
  close(): Promise<void>;
}

/** @throws ArrayError where the engine is not there, with what it needs */
export async function openEvaluator(name: EvaluatorName): Promise<Evaluator> {
  if (name === 'reference') return { evaluate: onReference, close: async () => {} };
  const [provider] = await enginesFor(name);
  const answer = await provider!.find();
  if ('missing' in answer)
    throw new ArrayError(`The engine ${name} is not there: ${answer.missing.reason}.`, answer.missing.help);
  return onEngine(await provider!.open(answer.found));
}

const onReference: Evaluate = async (values, inputs) => {
  const results = evaluateValues(Object.values(values), inputs);
  return Object.fromEntries(Object.keys(values).map((key, i) => [key, results[i]!.data]));
};

/** So many loaded graphs are kept: questions about one loss in one shape share theirs, and loading takes longest. */
const mostSessions = 16;

function onEngine(engine: Engine): Evaluator {
  /** By graph, the one that was used last at the end. */
  const sessions = new Map<string, Session>();
  const sessionOf = async (graph: Graph): Promise<Session> => {
    const key = keyOf(graph);
    const session = sessions.get(key) ?? (await engine.load(graph));
    sessions.delete(key);
    sessions.set(key, session);
    const [oldest] = sessions;
    if (sessions.size > mostSessions && oldest) {
      sessions.delete(oldest[0]);
      await oldest[1].dispose();
    }
    return session;
  };
  return {
    async evaluate(values, inputs) {
      const { builder } = Object.values(values)[0]!;
      // A function of an engine returns nothing without axes.
      const outputs = Object.entries(values).map(([key, value]) => [
        key,
        value.shape.length === 0 ? reshape(value, [1]) : value,
      ]);
      builder.define('eval', Object.fromEntries(outputs));
      const graph = builder.build();
      const taken = Object.keys(inputsOf(graph, 'eval')).map((name) => [
        name,
        Float32Array.from(inputs[name]!.data),
      ]);
      return (await sessionOf(graph)).call('eval', Object.fromEntries(taken));
    },
    async close() {
      for (const session of sessions.values()) await session.dispose();
      sessions.clear();
    },
  };
}

const keyOf = ({ nodes, functions }: Graph): string =>
  JSON.stringify([
    functions,
    nodes.map(({ operation, inputs, attributes, shape }) => [operation.name, inputs, attributes, shape]),
  ]);
