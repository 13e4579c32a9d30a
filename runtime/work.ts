import type { Experiment } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import { build, type Dimensions } from './build.ts';
import { batchesPerEpoch, stepsOf } from './data/batch-plan.ts';
import { foldOf, inputSize, openSource } from './data/open.ts';
import { type NetworkCost, networkCost } from './network-cost.ts';
import { scoringGraph } from './scoring-graph.ts';

/** What the training of an experiment costs, from its graph and its data. */
export interface Work extends NetworkCost {
  /** Of a run, in its first fold. */
  readonly steps: number;
}

/** Opens the data below this root for the size and the number of the images; rejects with a DataError where it cannot. */
export async function workOf(experiment: Experiment, root: string, registry: Registry): Promise<Work> {
  const { data, fold: folds, batch } = experiment;
  const source = await openSource(data, root, registry);
  const [height, width] = await inputSize(experiment, source);
  const network = await costOf(experiment, { height, width, channels: source.channels }, registry);
  const index = folds === 'none' ? 'none' : folds === 'all' ? 0 : folds[0]!;
  const fold = await foldOf(data, source.cases, index, root, registry);
  const steps = stepsOf(experiment, batchesPerEpoch({ cases: fold.train, batch }));
  return { ...network, steps };
}

/** What the network of an experiment takes, in training and as it predicts. */
export async function costOf(
  experiment: Experiment,
  dimensions: Dimensions,
  registry: Registry,
): Promise<NetworkCost> {
  const { graph } = await build(experiment, dimensions, registry);
  return networkCost(graph, await scoringGraph(experiment, dimensions, registry));
}
