import type { Experiment } from '../../compiler/experiment.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Engine, Session } from '../engines/engine.ts';
import type { Phase } from '../schedules/phase.ts';
import { termNames } from './naming.ts';

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
}

export async function openNetwork(
  experiment: Experiment,
  graph: Graph,
  engine: Promise<Engine>,
  registry: Registry,
): Promise<Network> {
  const phases = await Promise.all(
    experiment.schedule.map(async ({ name, options }) => {
      const component = registry.schedule[name];
      if (!component) throw new Error(`The registry has no schedule ${name}.`);
      return ((await component.load()) as (given: typeof options) => Phase)(options);
    }),
  );
  const { rate } = experiment.optimizer.options;
  if (typeof rate !== 'number') throw new Error(`The optimizer ${experiment.optimizer.name} has no rate.`);
  return {
    graph,
    session: await (await engine).load(graph),
    parameters: graph.variables
      .filter(({ role }) => role === 'weight')
      .reduce((sum, { shape }) => sum + size(shape), 0),
    terms: termNames(experiment.loss, experiment.labels, registry),
    phases,
    rate,
  };
}
