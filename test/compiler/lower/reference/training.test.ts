import { expect, test } from 'vitest';
import { peak } from '../../../../compiler/graph/liveness.ts';
import type { Tensor } from '../../../../compiler/graph/operation.ts';
import { evaluate, tensor } from '../../../../compiler/lower/reference/evaluate.ts';
import { classFirst, difference, keepOf, stored } from '../../../support/stored-tensor.ts';
import { trainingCase, trainingGraph } from '../../../support/training-oracle.ts';

test.skipIf(!trainingCase)('ten steps in float64 follow the reference trajectory', () => {
  const c = trainingCase!;
  const graph = trainingGraph(c);
  const feeds = { image: stored(c.image), labels0: classFirst(c.target), keep: keepOf(null, c.image) };
  let variables: Record<string, Tensor> = {};
  for (const { name, shape } of graph.variables)
    variables[name] = c.initial[name]
      ? stored(c.initial[name])
      : tensor(shape, new Float64Array(shape.reduce((p, n) => p * n, 1)));
  for (const [i, step] of c.steps.entries()) {
    const { outputs, updates } = evaluate(
      graph,
      'train',
      { ...feeds, rate: tensor([1], [step.lr]) },
      variables,
    );
    expect(outputs.loss!.data[0]).toBeCloseTo(step.loss, 10);
    expect(outputs['loss.0']!.data[0]).toBeCloseTo(step.ce, 10);
    expect(outputs['loss.1']!.data[0]).toBeCloseTo(step.dml1, 10);
    variables = { ...variables, ...updates };
    const expected = i === 1 ? c.after_two_steps : i === c.steps.length - 1 ? c.final : {};
    for (const [name, weights] of Object.entries(expected))
      expect(difference(variables[name]!.data, weights.data).worst, name).toBeLessThan(1e-10);
  }
});

test.skipIf(!trainingCase)('the predicted peak of memory is exactly what the evaluator counts', () => {
  const c = trainingCase!;
  const graph = trainingGraph(c);
  const feeds = {
    image: stored(c.image),
    labels0: classFirst(c.target),
    keep: keepOf(null, c.image),
    rate: tensor([1], [0.1]),
  };
  const zeros = Object.fromEntries(
    graph.variables.map(({ name, shape }) => [
      name,
      tensor(shape, new Float64Array(shape.reduce((p, n) => p * n, 1))),
    ]),
  );
  expect(evaluate(graph, 'train', feeds, zeros).peakElements).toBe(peak(graph, 'train').elements);
});
