import { describe, expect, test } from 'vitest';
import { cost } from '../../compiler/graph/cost.ts';
import { inputsOf } from '../../compiler/graph/graph.ts';
import { differentiate } from '../../compiler/graph/passes/differentiate.ts';
import { printFunction } from '../../compiler/graph/print.ts';
import { evaluate } from '../../compiler/lower/reference/evaluate.ts';
import { build } from '../../runtime/build.ts';
import { sgd } from '../../runtime/optimizers/sgd.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { average, smallExperiment, use } from '../support/experiment.ts';
import { sampleFeeds, sampleVariables } from '../support/feeds.ts';
import { difference } from '../support/stored-tensor.ts';

const dimensions = { height: 16, width: 16, channels: 1 };

test('a step is fed images, one label tensor a target, the mask of kept pixels and the rate', async () => {
  const { graph, targets, terms } = await build(smallExperiment, dimensions, registry);
  expect(inputsOf(graph, 'train')).toEqual({
    image: [2, 16, 16, 1],
    labels0: [2, 2, 256],
    keep: [1, 2, 256],
    rate: [1],
  });
  expect(inputsOf(graph, 'infer')).toEqual({ image: [2, 16, 16, 1] });
  expect(Object.keys(graph.functions.train!.outputs)).toEqual(['loss', 'loss.0', 'loss.1']);
  expect(targets).toHaveLength(1);
  expect(terms).toEqual(['0.25 ce', '0.75 dml1']);
});

test('what each head of a teacher says is a target of its own', async () => {
  const distilled = (head: string) =>
    ({
      ...average,
      root: { kind: 'distill', experiment: smallExperiment, pick: 'same', temperature: 1, head, predict: [] },
      steps: [],
    }) as const;
  const { span } = smallExperiment;
  const term = { weight: 0.5, loss: use('ce'), at: 'main', span };
  const loss = [average, distilled('main'), distilled('aux'), distilled('main')].map((on, i) => ({
    ...term,
    on,
    at: i === 2 ? 'aux' : 'main',
  }));
  const model = use('unet', { depth: 2, width: 2, norm: 'none', up: 'nearest', aux: true });
  const { targets, graph } = await build({ ...smallExperiment, model, loss }, dimensions, registry);
  expect(targets).toEqual([average, distilled('main'), distilled('aux')]);
  expect(
    Object.keys(inputsOf(graph, 'train'))
      .filter((name) => name.startsWith('labels'))
      .sort(),
  ).toEqual(['labels0', 'labels1', 'labels2']);
});

describe.each(['none', 'batch'] as const)('with norm: %s', (norm) => {
  const experiment = { ...smallExperiment, model: use('unet', { depth: 3, width: 4, norm }) };

  test('the passes keep the numbers of the step', async () => {
    const { graph, stages } = await build(experiment, dimensions, registry);
    const plain = differentiate((context) => sgd(context, { rate: 0.01, momentum: 0.9, decay: 5e-4 }))(
      stages.forward!,
    );
    const feeds = sampleFeeds(graph, 'train', 'a');
    const variables = sampleVariables(graph);
    const [before, after] = [plain, graph].map((g) => evaluate(g, 'train', feeds, variables));
    expect(after!.outputs.loss!.data[0]).toBeCloseTo(before!.outputs.loss!.data[0]!, 12);
    for (const [name, { data }] of Object.entries(before!.updates)) {
      const { worst, largest } = difference(after!.updates[name]!.data, data);
      expect(worst, name).toBeLessThan(1e-10 * Math.max(largest, 1));
    }
  });

  test('prediction gives probabilities that sum to 1', async () => {
    const { graph } = await build(experiment, dimensions, registry);
    const { probabilities } = evaluate(
      graph,
      'infer',
      sampleFeeds(graph, 'infer', 'b'),
      sampleVariables(graph),
    ).outputs;
    for (let p = 0; p < 512; p++)
      expect(probabilities!.data[p]! + probabilities!.data[512 + p]!).toBeCloseTo(1, 12);
  });
});

test('the rewrites save arithmetic: upsampling before a convolution costs 4/9', async () => {
  const { stages } = await build(smallExperiment, dimensions, registry);
  const flops = (name: string) => cost(stages[name]!).functions.infer!.flops;
  expect(flops('convolveBeforeUpsampling')).toBeLessThan(0.85 * flops('forward'));
});

test('the order in which the terms of a mix are written changes nothing but the names of their outputs', async () => {
  const third = {
    ...smallExperiment.loss[1]!,
    weight: 0.5,
    loss: use('dml2', { smooth: 1, reduction: 'batch', active: 'all' }),
  };
  const loss = [...smallExperiment.loss, third];
  const [written, reversed] = await Promise.all(
    [loss, [...loss].reverse()].map((terms) =>
      build({ ...smallExperiment, loss: terms }, dimensions, registry),
    ),
  );
  const results = [written!, reversed!].map(({ graph }) => {
    const { outputs, updates } = evaluate(
      graph,
      'train',
      sampleFeeds(graph, 'train', 'c'),
      sampleVariables(graph),
    );
    return { loss: outputs.loss, updates, terms: [outputs['loss.0'], outputs['loss.1'], outputs['loss.2']] };
  });
  expect(results[1]).toEqual({ ...results[0]!, terms: [...results[0]!.terms].reverse() });
});

test('the printed graph says what is computed', async () => {
  const { graph } = await build(smallExperiment, dimensions, registry);
  const text = printFunction(graph, 'infer');
  expect(text).toMatch(/^function infer \{\n {2}%0 = /);
  expect(text).toContain('= variable encoder.0.conv1.kernel : [3, 3, 1, 4]');
  expect(text).toContain('return probabilities = ');
  expect(text).not.toContain('upsampleNearest');
});

test('a size that cannot be halved often enough is refused with what to do', async () => {
  await expect(build(smallExperiment, { ...dimensions, height: 18 }, registry)).rejects.toThrow(
    'a unet of depth 3 halves its input 2 times, and 18 x 16 cannot be halved that often',
  );
});
