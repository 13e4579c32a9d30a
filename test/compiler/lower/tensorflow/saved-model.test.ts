import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../../compiler/graph/autodiff.ts';
import { GraphBuilder } from '../../../../compiler/graph/builder.ts';
import type { Graph } from '../../../../compiler/graph/graph.ts';
import { biasAdd } from '../../../../compiler/graph/operations/bias-add.ts';
import { conv2d } from '../../../../compiler/graph/operations/conv2d.ts';
import { mul } from '../../../../compiler/graph/operations/mul.ts';
import { relu } from '../../../../compiler/graph/operations/relu.ts';
import { reshape } from '../../../../compiler/graph/operations/reshape.ts';
import { sub } from '../../../../compiler/graph/operations/sub.ts';
import { sum } from '../../../../compiler/graph/operations/sum.ts';
import { transposeOperation } from '../../../../compiler/graph/operations/transpose.ts';
import type { SavedModel } from '../../../../compiler/lower/tensorflow/protobuf.ts';
import { savedModel, savedModelBytes } from '../../../../compiler/lower/tensorflow/saved-model.ts';
import { decodeSavedModel } from '../../../support/tensorflow-protobuf.ts';

/** A convolution whose kernel and bias go down the gradient of the sum of its ReLU. */
function tiny(): Graph {
  const builder = new GraphBuilder();
  const image = builder.input('image', [2, 4, 4, 1]);
  const rate = builder.input('rate', [1]);
  const initial = { kind: 'normal', deviation: 1 } as const;
  const kernel = builder.variable({ name: 'conv.kernel', shape: [3, 3, 1, 2], role: 'weight', initial });
  const bias = builder.variable({ name: 'conv.bias', shape: [2], role: 'weight', initial });
  const seen = builder.variable({
    name: 'statistics/seen',
    shape: [1],
    role: 'statistic',
    initial: { kind: 'fill', value: 5 },
  });
  const loss = sum(relu(biasAdd(conv2d(image, kernel), bias)));
  const [dKernel, dBias] = gradients(loss, [kernel, bias]);
  builder.define(
    'train',
    { loss: reshape(loss, [1]) },
    {
      'conv.kernel': sub(kernel, mul(dKernel!, rate)),
      'conv.bias': sub(bias, mul(dBias!, rate)),
      'statistics/seen': mul(seen, 2),
    },
  );
  builder.define('infer', { features: relu(biasAdd(conv2d(image, kernel), bias)) });
  return builder.build();
}

const print = ({ nodes, signatures }: SavedModel): string =>
  [
    ...nodes.map(({ name, operation, inputs }) => `${name} = ${operation}(${inputs.join(', ')})`),
    ...Object.entries(signatures).map(([name, { inputs, outputs }]) => {
      const side = (entries: typeof inputs) =>
        Object.entries(entries).map(([key, { node, shape }]) => `${key}: ${node} [${shape}]`);
      return `signature ${name}(${side(inputs).join(', ')}) → ${side(outputs).join(', ')}`;
    }),
    '',
  ].join('\n');

test('the nodes and signatures of a small graph', () => {
  const file = path.join(import.meta.dirname, 'golden', 'tiny.txt');
  const text = print(savedModel(tiny()));
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
});

test('the bytes say what the model says, and are the same each time', () => {
  const model = savedModel(tiny());
  const bytes = savedModelBytes(tiny());
  expect(decodeSavedModel(bytes)).toEqual({
    tags: ['serve'],
    nodes: model.nodes.map(({ name, operation, inputs, attributes }) => ({
      name,
      operation,
      inputs,
      attributes: Object.keys(attributes),
    })),
    signatures: Object.fromEntries(
      Object.entries(model.signatures).map(([name, { inputs, outputs }]) => {
        const infos = (entries: typeof inputs) =>
          Object.fromEntries(
            Object.entries(entries).map(([key, { node, shape }]) => [key, { name: `${node}:0`, shape }]),
          );
        return [name, { inputs: infos(inputs), outputs: infos(outputs) }];
      }),
    ),
  });
  expect(Buffer.from(savedModelBytes(tiny())).equals(bytes)).toBe(true);
});

describe('the rules that TensorFlow has no words for when they are broken', () => {
  const { nodes, signatures } = savedModel(tiny());
  const node = (name: string) => nodes.find((each) => each.name === name)!;

  test('every name is one of its own, and begins with a letter, a digit or a dot', () => {
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
    for (const { name } of nodes) expect(name).toMatch(/^[A-Za-z0-9.][A-Za-z0-9_.\-/]*$/);
  });

  test('each variable is read once, and written after that', () => {
    for (const name of ['conv.kernel', 'conv.bias', 'statistics/seen']) {
      const reads = nodes.filter(
        ({ operation, inputs }) => operation === 'ReadVariableOp' && inputs[0] === name,
      );
      expect(reads).toHaveLength(1);
      const [write, ...others] = nodes.filter(
        ({ operation, inputs, name: own }) =>
          operation === 'AssignVariableOp' && own.startsWith('train/') && inputs[0] === name,
      );
      expect(write!.inputs).toContain(`^${reads[0]!.name}`);
      expect(others).toEqual([]);
    }
  });

  test('what is fetched of a training step waits for all updates', () => {
    const [group] = node(signatures.train!.outputs.loss!.node).inputs.filter((input) =>
      input.startsWith('^'),
    );
    const awaited = node(group!.slice(1)).inputs.map((input) => node(input.slice(1)));
    expect(awaited.map(({ operation }) => operation)).toEqual(Array(3).fill('AssignVariableOp'));
  });

  test('every node stands before those that use it', () => {
    const place = new Map(nodes.map(({ name }, i) => [name, i]));
    for (const [i, { inputs }] of nodes.entries())
      for (const input of inputs) expect(place.get(input.replace(/^\^/, ''))).toBeLessThan(i);
  });
});

test('a variable that is stored in another shape is fed and returned in its own', () => {
  const builder = new GraphBuilder();
  const stored = builder.variable({
    name: 'w',
    shape: [2, 3],
    role: 'weight',
    initial: { kind: 'fill', value: 0 },
    storage: {
      shape: [3, 2],
      pack: { operation: transposeOperation, attributes: { order: [1, 0] } },
      unpack: { operation: transposeOperation, attributes: { order: [1, 0] } },
    },
  });
  builder.define('infer', { stored });
  const { nodes, signatures } = savedModel(builder.build());
  expect(signatures.write!.inputs.w!.shape).toEqual([2, 3]);
  expect(signatures.read!.outputs.w!.shape).toEqual([2, 3]);
  expect(signatures.infer!.outputs.stored!.shape).toEqual([3, 2]);
  expect(nodes.filter(({ operation }) => operation === 'Transpose').map(({ name }) => name)).toEqual([
    'write/Transpose',
    'read/Transpose',
  ]);
});
