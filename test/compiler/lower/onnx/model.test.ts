import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { ModelWriter } from '../../../../compiler/lower/onnx/model.ts';
import { decodeGraph, operationsOf } from '../../../support/decode-model.ts';

/** Runs a model whose inputs and outputs are vectors of two. */
async function run(model: Uint8Array, feeds: Record<string, readonly number[]>) {
  const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: 'disabled' });
  const tensors = Object.entries(feeds).map(([name, data]) => [name, new ort.Tensor('float32', data, [2])]);
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, [...(data as Float32Array)]]),
  );
}

test('equal nodes are one, and what no output needs is left out', async () => {
  const writer = new ModelWriter();
  const [x, y] = [writer.input('x', [2]), writer.input('y', [2])];
  const sum = writer.node('Add', [x, y]);
  expect(writer.node('Add', [x, y])).toBe(sum);
  writer.node('Mul', [x, y]);
  writer.output('z', writer.node('Mul', [sum, sum]), [2]);
  const model = writer.finish('f');
  expect(operationsOf(model)).toEqual(['Add', 'Mul']);
  expect(await run(model, { x: [1, 2], y: [3, 4] })).toEqual({ z: [16, 36] });
});

test('reshapes in a row become one, and none where they lead back', () => {
  const writer = new ModelWriter();
  const x = writer.input('x', [2, 3]);
  const flat = writer.reshape(x, [2, 3], [6]);
  const column = writer.reshape(flat, [6], [6, 1]);
  expect(writer.reshape(column, [6, 1], [2, 3])).toBe(x);
  expect(writer.reshape(flat, [6], [6])).toBe(flat);
  writer.output('y', column, [6, 1]);
  expect(operationsOf(writer.finish('f'))).toEqual(['Reshape']);
});

test('an output may be an input, a constant, or have two names', async () => {
  const writer = new ModelWriter();
  const x = writer.input('x', [2]);
  const twice = writer.node('Add', [x, x]);
  for (const name of ['one', 'other']) writer.output(name, twice, [2]);
  writer.output('same', x, [2]);
  writer.output('constant', writer.constant([5, 6], [2]), [2]);
  const results = await run(writer.finish('f'), { x: [1, 2] });
  expect(results).toEqual({ one: [2, 4], other: [2, 4], same: [1, 2], constant: [5, 6] });
});

test('constants are shared when equal in numbers and shape, and only then', () => {
  const writer = new ModelWriter();
  const x = writer.input('x', [2]);
  const one = writer.constant([1, 2], [2]);
  expect(writer.constant(Float64Array.of(1, 2), [2])).toBe(one);
  expect(writer.constant([1, 2], [1, 2])).not.toBe(one);
  expect(writer.constant([-0], [])).not.toBe(writer.constant([0], []));
  expect(writer.ints([1, 2])).toBe(writer.ints([1, 2]));
  writer.output('y', writer.node('Add', [x, one]), [2]);
  expect(decodeGraph(writer.finish('f')).initializers).toHaveLength(1);
});

test('a viewer sees names, shapes and what the model is', () => {
  const writer = new ModelWriter();
  const x = writer.input('x', [2]);
  writer.scope('relu.3');
  const y = writer.node('Relu', [x]);
  writer.describe(y, [2]);
  writer.scope('exp.4');
  writer.output('z', writer.node('Exp', [y]), [2]);
  const graph = decodeGraph(writer.finish('train', 'What it does.'));
  expect(graph).toMatchObject({
    name: ['train'],
    doc: ['What it does.'],
    nodes: [{ name: ['relu.3/Relu'] }, { name: ['exp.4/Exp'], outputs: ['z'] }],
    values: [{ name: ['relu.3/Relu'] }],
  });
});
