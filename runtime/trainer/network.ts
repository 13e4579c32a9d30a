import type { Experiment } from '../../compiler/experiment.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Dimensions } from '../build.ts';
import type { Engine, Session, Tensors } from '../engines/engine.ts';
import { predictionGraph } from '../prediction-graph.ts';
import type { Phase } from '../schedules/phase.ts';
import { type CasePredictor, middlePredictor, partPredictor } from './case-predictor.ts';
import { termNames } from './naming.ts';
import { dimensionsOf, type PlannedArm } from './planned.ts';
import { openPrediction } from './prediction.ts';

/** The graph of an experiment, loaded. All its folds and seeds use the same one, one after the other. */
export interface Network {
  readonly graph: Graph;
  readonly session: Session;
  /** Elements of all weights. */
  readonly parameters: number;
  /** Names of the outputs `loss.0` … */
  readonly terms: readonly string[];
  readonly phases: readonly Phase[];
  /** The optimizer's rate. */
  readonly rate: number;
  /** Predicts with these weights and statistics as the experiment says; the session may hold them afterwards. */
  predictor(variables: Tensors): Promise<CasePredictor>;
  dispose(): Promise<void>;
}

/**
 * The network that scores beside the step, where `predict` is more than the window in the middle: it takes one image, and
 * not a whole batch.
 */
export async function scoringGraph(
  experiment: Experiment,
  dimensions: Dimensions,
  registry: Registry,
): Promise<Graph | undefined> {
  const { isPlain } = await openPrediction(experiment.predict, registry);
  if (isPlain) return undefined;
  return await predictionGraph(experiment, dimensions, ['main'], registry);
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
    parameters: graph.variables
      .filter(({ role }) => role === 'weight')
      .reduce((sum, { shape }) => sum + size(shape), 0),
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
