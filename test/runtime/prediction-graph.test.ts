import { expect, test } from 'vitest';
import { inputsOf } from '../../compiler/graph/graph.ts';
import { evaluate } from '../../compiler/lower/reference/evaluate.ts';
import { build } from '../../runtime/build.ts';
import { predictionGraph } from '../../runtime/prediction-graph.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { softmax } from '../../runtime/softmax.ts';
import { smallExperiment, use } from '../support/experiment.ts';
import { sampleFeeds, sampleVariables } from '../support/feeds.ts';

const dimensions = { height: 16, width: 16, channels: 1 };
const options = { depth: 2, width: 2, up: 'nearest', aux: true };

test.each(['none', 'batch'])(
  'logits of the main head are those of the training graph’s prediction, norm: %s',
  async (norm) => {
    const experiment = { ...smallExperiment, batch: 1, model: use('unet', { ...options, norm }) };
    const { graph: trained } = await build(experiment, dimensions, registry);
    const graph = await predictionGraph(experiment, dimensions, ['aux', 'main'], registry);
    expect(inputsOf(graph, 'infer')).toEqual({ image: [1, 16, 16, 1] });
    const kept = trained.variables.filter(
      ({ role, name }) => role !== 'optimizer' && !name.startsWith('aux'),
    );
    expect(graph.variables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(kept.map(({ name }) => name)),
    );

    const feeds = sampleFeeds(graph, 'infer', 'a');
    const variables = sampleVariables(graph);
    const { logits, 'logits.aux': aux } = evaluate(graph, 'infer', feeds, variables).outputs;
    const { probabilities } = evaluate(trained, 'infer', feeds, {
      ...sampleVariables(trained),
      ...variables,
    }).outputs;
    for (const [i, p] of softmax(logits!.data, 2, 1).entries())
      expect(p).toBeCloseTo(probabilities!.data[i]!, 12);
    expect(aux!.shape).toEqual([2, 1, 256]);
    expect(aux!.data).not.toEqual(logits!.data);
  },
);

test('it holds nothing that training needs', async () => {
  const graph = await predictionGraph(smallExperiment, dimensions, ['main'], registry);
  expect(Object.keys(graph.functions)).toEqual(['infer']);
  expect(graph.variables.every(({ role }) => role !== 'optimizer')).toBe(true);
});
