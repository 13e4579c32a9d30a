import type { Graph } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import { evaluate, type TensorMap, tensor } from '../../compiler/lower/reference/evaluate.ts';
import { engines, float32 } from './evaluators.ts';

type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/** A graph whose function `train` is called step by step; its variables begin at 0 where they are not given. */
export interface Steps {
  readonly train: (feeds: TensorMap) => Promise<Numbers>;
  readonly variables: () => Promise<Numbers>;
  readonly dispose: () => Promise<void>;
}

/** What trains: the reference in float64, or an engine in float32. */
export interface Stepper {
  readonly name: string;
  /** Why it is not there; its tests are skipped. */
  readonly missing: string | undefined;
  /** Whether it computes in float64. */
  readonly exact: boolean;
  readonly start: (graph: Graph, variables: TensorMap) => Promise<Steps>;
}

const reference: Stepper = {
  name: 'reference',
  missing: undefined,
  exact: true,
  start: async (graph, given) => {
    const zeros = graph.variables.map(
      ({ name, shape }) => [name, tensor(shape, new Float64Array(size(shape)))] as const,
    );
    let state: TensorMap = { ...Object.fromEntries(zeros), ...given };
    const data = (tensors: TensorMap) =>
      Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, value.data]));
    return {
      train: async (feeds) => {
        const { outputs, updates } = evaluate(graph, 'train', feeds, state);
        state = { ...state, ...updates };
        return data(outputs);
      },
      variables: async () => data(state),
      dispose: async () => {},
    };
  },
};

export const steppers: readonly Stepper[] = [
  reference,
  ...engines.map(
    ({ name, missing, engine }): Stepper => ({
      name,
      missing,
      exact: false,
      start: async (graph, variables) => {
        const session = await engine().load(graph);
        await session.init();
        await session.write(new Map(Object.entries(float32(variables))));
        return {
          train: (feeds) => session.call('train', float32(feeds)),
          variables: async () => Object.fromEntries(await session.read()),
          dispose: () => session.dispose(),
        };
      },
    }),
  ),
];
