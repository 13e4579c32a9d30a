import { expect, test } from 'vitest';
import type { Graph, Variable } from '../../../compiler/graph/graph.ts';
import { initialWeights } from '../../../runtime/trainer/weights.ts';

const variable = (name: string, role: Variable['role'], initial: Variable['initial']): Variable => ({
  name,
  shape: [100, 100],
  role,
  initial,
});
const normal = { kind: 'normal', deviation: 0.5 } as const;
const graphOf = (...variables: Variable[]): Graph => ({ nodes: [], variables, functions: {} });
const graph = graphOf(
  variable('kernel', 'weight', normal),
  variable('other', 'weight', normal),
  variable('scale', 'weight', { kind: 'fill', value: 1 }),
  variable('momentum/kernel', 'optimizer', { kind: 'fill', value: 0 }),
);

test('Only weights are drawn; optimizer state is for the engine to set', () => {
  expect([...initialWeights(graph, 0).keys()]).toEqual(['kernel', 'other', 'scale']);
});

test('Mean and deviation are those that were asked for', () => {
  const kernel = initialWeights(graph, 0).get('kernel')!;
  const mean = kernel.reduce((sum, value) => sum + value, 0) / kernel.length;
  const variance = kernel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kernel.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
  expect(new Set(initialWeights(graph, 0).get('scale'))).toEqual(new Set([1]));
});

test('A weight depends on seed and name alone, not on what else the network has', () => {
  const alone = graphOf(graph.variables[1]!);
  expect(initialWeights(alone, 3).get('other')).toEqual(initialWeights(graph, 3).get('other'));
  expect(initialWeights(graph, 3).get('other')).not.toEqual(initialWeights(graph, 3).get('kernel'));
  expect(initialWeights(graph, 3).get('other')).not.toEqual(initialWeights(graph, 4).get('other'));
});
