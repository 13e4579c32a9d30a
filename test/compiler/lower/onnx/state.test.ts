import { expect, test } from 'vitest';
import { GraphBuilder } from '../../../../compiler/graph/builder.ts';
import { mul } from '../../../../compiler/graph/operations/mul.ts';
import { nativeProfile } from '../../../../compiler/graph/passes/native-profile.ts';
import { lowerFunction } from '../../../../compiler/lower/onnx/lower.ts';
import { stateLayout } from '../../../../compiler/lower/onnx/state.ts';
import { updateFamilies } from '../../../../compiler/lower/onnx/updates.ts';
import { decodeGraph, nodesOf } from '../../../support/decode-model.ts';
import { unetGraph } from '../../../support/unet.ts';

const graph = Object.values(nativeProfile(1)).reduce(
  (passed, pass) => pass(passed),
  unetGraph({ width: 4, depth: 2, side: 8, batch: 1, norm: 'batch' }),
);

test('every variable lies in one vector, without gaps', () => {
  const layout = stateLayout(graph);
  const names = layout.flatMap(({ slots }) => slots.map(({ variable }) => variable.name));
  expect(names.sort()).toEqual(graph.variables.map(({ name }) => name).sort());
  for (const { slots, length } of layout) {
    let end = 0;
    for (const slot of slots) {
      expect(slot.offset).toBe(end);
      end += slot.length;
    }
    expect(length).toBe(end);
  }
});

test('weights with decay, weights without, their momenta and the statistics lie together', () => {
  const vectors = new Map(
    stateLayout(graph).map(({ name, slots }) => [name, slots.map(({ variable }) => variable.name)]),
  );
  const kernels = vectors.get('weight')!;
  expect(kernels.every((name) => name.endsWith('kernel'))).toBe(true);
  expect(vectors.get('optimizer')).toEqual(kernels.map((name) => `momentum/${name}`));
  const others = vectors.get('weight.1')!;
  expect(others).toContain('head.bias');
  expect(others).toContain('encoder.0.norm1.scale');
  expect(vectors.get('optimizer.1')).toEqual(others.map((name) => `momentum/${name}`));
});

test('an optimizer is a handful of operations, however many weights there are', () => {
  const small = nodesOf(lowerFunction(graph, 'train').model);
  const updates = small.filter(({ name }) => String(name![0]).startsWith('update/'));
  const arithmetic = updates.filter(({ operation }) => ['Add', 'Mul', 'Sub'].includes(String(operation![0])));
  // Momentum and rate for both kinds of weights, decay for one; a blend for each of the two statistics.
  expect(arithmetic.length).toBeLessThan(18);
  expect(graph.variables.length).toBeGreaterThan(30);
});

test('inference takes weights and statistics, and returns no state', () => {
  const { model, reads, writes } = lowerFunction(graph, 'infer');
  expect(writes).toEqual([]);
  expect(reads.some(({ name }) => name.startsWith('optimizer'))).toBe(false);
  expect(decodeGraph(model).outputs!.map((output) => (output as { name: string[] }).name[0])).toEqual([
    'probabilities',
  ]);
});

test('variables whose updates differ in a number are no family of one kind', () => {
  const builder = new GraphBuilder();
  const names = ['a', 'b', 'c'];
  const variables = names.map((name) =>
    builder.variable({ name, shape: [2], role: 'weight', initial: { kind: 'fill', value: 0 } }),
  );
  const updates = variables.map((variable, i) => mul(variable, i === 2 ? 0.5 : 0.9));
  builder.define('train', {}, Object.fromEntries(names.map((name, i) => [name, updates[i]!])));
  const [a, b, c] = updateFamilies(builder.build(), 'train');
  expect(a!.key).toBe(b!.key);
  expect(a!.key).not.toBe(c!.key);
});
