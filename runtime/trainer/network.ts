import { cost } from '../../compiler/graph/cost.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Engine, Session, Tensors } from '../engines/engine.ts';
import { openPrediction } from '../open-prediction.ts';
import type { Phase } from '../schedules/phase.ts';
import { scoringGraph } from '../scoring-graph.ts';
import { type CasePredictor, middlePredictor, partPredictor } from './case-predictor.ts';
import { termNames } from './naming.ts';
import { dimensionsOf, type PlannedArm } from './planned.ts';

/** The graph of an experiment, loaded. All its folds and seeds use the same one, one after the other. */
export interface Network {
  readonly graph: Graph;
  readonly session: Session;
  /** Elements of all weights. */
  readonly parameters: number;
  /** Floating-point operations of a training step. */
  readonly flops: number;
  /** Names of the outputs `loss.0` … */
  readonly terms: readonly string[];
  readonly phases: readonly Phase[];
  /** The optimizer's rate. */
  readonly rate: number;
  /** Predicts with these weights and statistics as the experiment says; the session may hold them afterwards. */
  predictor(variables: Tensors): Promise<CasePredictor>;
  dispose(): Promise<void>;
}

export async function openNetwork(
  arm: PlannedArm,
  graph: Graph,
  opening: Promise<Engine>,
  registry: Registry,
): Promise<Network> {
  const { experiment, size: shape } = arm;
  const phases = await Promise.all(
    experiment.schedule.map(async ({ name, options }) => {
      const component = registry.schedule[name];
      if (!component) throw new Error(`The registry has no schedule ${name}.`);
      return ((await component.load()) as (given: typeof options) => Phase)(options);
    }),
  );
  const { rate } = experiment.optimizer.options;
  if (typeof rate !== 'number') throw new Error(`The optimizer ${experiment.optimizer.name} has no rate.`);
  const engine = await opening;
  const session = await engine.load(graph);
  const prediction = await openPrediction(experiment.predict, registry);
  const shared = { size: shape, prediction };
  const scoring = await scoringGraph(experiment, dimensionsOf(arm), registry);
  const { parameters, functions } = cost(graph);
  let opened: Promise<Session> | undefined;
  return {
    graph,
    session,
    async predictor(variables) {
      if (!scoring) {
        await session.write(weightsOf(graph, variables));
        return middlePredictor({ ...shared, session }, experiment.batch);
      }
      opened ??= engine.load(scoring);
      const beside = await opened;
      await beside.init();
      await beside.write(weightsOf(scoring, variables));
      return partPredictor({ ...shared, session: beside });
    },
    async dispose() {
      await (await opened?.catch(() => undefined))?.dispose();
      await session.dispose();
    },
    parameters,
    flops: functions.train?.flops ?? 0,
    terms: termNames(experiment.loss, experiment.labels, registry),
    phases,
    rate,
  };
}

/** Weights and statistics that a graph has. */
const weightsOf = ({ variables }: Graph, values: Tensors): Tensors =>
  new Map(
    variables.flatMap(({ name, role }) => (role === 'optimizer' ? [] : [[name, values.get(name)!] as const])),
  );
