import type { Experiment } from '../compiler/experiment.ts';
import type { Graph } from '../compiler/graph/graph.ts';
import type { Registry } from '../compiler/registry.ts';
import type { Dimensions } from './build.ts';
import { openPrediction } from './open-prediction.ts';
import { predictionGraph } from './prediction-graph.ts';

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
