import type { Value } from '../../compiler/graph/builder.ts';
import { inputsOf } from '../../compiler/graph/graph.ts';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { evaluateValues, type TensorMap } from '../../compiler/lower/reference/evaluate.ts';
import type { Engine, EngineName } from '../../runtime/engines/engine.ts';
import { enginesFor } from '../../runtime/engines/index.ts';

/** What computes the values of a graph: the reference in float64, or an engine in float32. */
export interface Evaluator {
  readonly name: string;
  /** Why it is not there; its tests are skipped. */
  readonly missing: string | undefined;
  /** Relative on single values; on tensors relative to the largest entry. */
  readonly tolerance: number;
  readonly evaluate: (
    values: Readonly<Record<string, Value>>,
    feeds: TensorMap,
  ) => Promise<Readonly<Record<string, ArrayLike<number>>>>;
}

export interface EngineUnderTest extends Evaluator {
  readonly name: EngineName;
  readonly engine: () => Engine;
}

const reference: Evaluator = {
  name: 'reference',
  missing: undefined,
  tolerance: 1e-10,
  evaluate: async (values, feeds) => {
    const results = evaluateValues(Object.values(values), feeds);
    return Object.fromEntries(Object.keys(values).map((key, i) => [key, results[i]!.data]));
  },
};

/** A card is tested where there is one; without one nobody waits for its tests. */
const optional = new Set<EngineName>(['cuda']);

/** All engines, those that are not there with the reason. `DML_REQUIRE_TENSORFLOW=1` makes a missing one fail. */
export const engines: readonly EngineUnderTest[] = (
  await Promise.all(
    (
      await enginesFor('auto')
    ).map(async (provider) => {
      const answer = await provider.find();
      if ('missing' in answer) {
        const { engine, reason, help } = answer.missing;
        return optional.has(engine) ? [] : [underTest(engine, undefined, `${reason}: ${help}`)];
      }
      return [underTest(provider.name, await provider.open(answer.found), undefined)];
    }),
  )
).flat();

export const evaluators: readonly Evaluator[] = [reference, ...engines];

function underTest(
  name: EngineName,
  engine: Engine | undefined,
  missing: string | undefined,
): EngineUnderTest {
  return {
    name,
    missing,
    tolerance: 1e-5,
    engine: () => {
      if (!engine) throw new Error(`${name} is not there: ${missing}`);
      return engine;
    },
    evaluate: async (values, feeds) => {
      if (!engine) throw new Error(`${name} is not there: ${missing}`);
      const { builder } = Object.values(values)[0]!;
      builder.define('probe', values);
      const graph = builder.build();
      const taken = Object.keys(inputsOf(graph, 'probe')).map((input) => [input, feeds[input]!] as const);
      const session = await engine.load(graph);
      try {
        return await session.call('probe', float32(Object.fromEntries(taken)));
      } finally {
        await session.dispose();
      }
    },
  };
}

export const float32 = (
  feeds: Readonly<Record<string, Pick<Tensor, 'data'>>>,
): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(feeds).map(([name, { data }]) => [name, Float32Array.from(data)]));
