import type { Experiment } from '../compiler/experiment.ts';
import { GraphBuilder } from '../compiler/graph/builder.ts';
import type { Graph } from '../compiler/graph/graph.ts';
import { predictionPasses } from '../compiler/graph/passes/index.ts';
import type { Registry } from '../compiler/registry.ts';
import type { Dimensions } from './build.ts';
import { loadModel } from './load-model.ts';

/** Name of the output that holds the logits of a head: `logits` for `main`, else `logits.aux`. */
export const logitsOf = (head: string): string => (head === 'main' ? 'logits' : `logits.${head}`);

/**
 * A network that only predicts: `infer` takes `image` [1, H, W, C] and returns the logits [K, 1, H·W] of these heads. It
 * has the weights and statistics of the training graph and nothing else. One image at a time, so that a prediction
 * depends on its image alone.
 *
 * @throws ModelError where the model cannot take an input of this size
 */
export async function predictionGraph(
  experiment: Experiment,
  { height, width, channels }: Dimensions,
  heads: readonly string[],
  registry: Registry,
): Promise<Graph> {
  const model = await loadModel(experiment, registry);
  const builder = new GraphBuilder();
  const image = builder.input('image', [1, height, width, channels]);
  const all = model(image, experiment.data.classes.length, false).heads;
  const outputs = heads.map((head) => {
    const logits = all[head];
    if (!logits) throw new Error(`The model ${experiment.model.name} has no head ${head}.`);
    return [logitsOf(head), logits] as const;
  });
  builder.define('infer', Object.fromEntries(outputs));
  return Object.values(predictionPasses).reduce((graph, pass) => pass(graph), builder.build());
}
