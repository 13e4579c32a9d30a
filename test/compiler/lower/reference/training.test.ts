import { describe, expect, test } from 'vitest';
import { peak } from '../../../../compiler/graph/liveness.ts';
import { size } from '../../../../compiler/graph/shape.ts';
import { evaluate, tensor } from '../../../../compiler/lower/reference/evaluate.ts';
import { trainingCases, trainingGraph } from '../../../support/training-oracle.ts';

describe.skipIf(trainingCases.length === 0)('the predicted peak of memory', () => {
  test.each(trainingCases)('is exactly what the evaluator counts: $name', async (c) => {
    const graph = await trainingGraph(c);
    const zeros = graph.variables.map(
      ({ name, shape }) => [name, tensor(shape, new Float64Array(size(shape)))] as const,
    );
    const feeds = { ...c.feeds, rate: tensor([1], [0.1]) };
    const { peakElements } = evaluate(graph, 'train', feeds, Object.fromEntries(zeros));
    expect(peakElements).toBe(peak(graph, 'train').elements);
  });
});
