import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../../../compiler/graph/builder.ts';
import { type Graph, reachable } from '../../../../compiler/graph/graph.ts';
import { add } from '../../../../compiler/graph/operations/add.ts';
import { max } from '../../../../compiler/graph/operations/max.ts';
import { mul } from '../../../../compiler/graph/operations/mul.ts';
import { reshape } from '../../../../compiler/graph/operations/reshape.ts';
import { sum } from '../../../../compiler/graph/operations/sum.ts';
import { replicas } from '../../../../compiler/graph/passes/replicas.ts';
import { evaluate, tensor } from '../../../../compiler/lower/reference/evaluate.ts';
import { build } from '../../../../runtime/build.ts';
import { registry } from '../../../../runtime/registry.generated.ts';
import { smallExperiment, use } from '../../../support/experiment.ts';
import { sampleFeeds, sampleVariables } from '../../../support/feeds.ts';
import { difference } from '../../../support/stored-tensor.ts';

async function unet(norm: 'none' | 'batch'): Promise<Graph> {
  const model = use('unet', { depth: 2, width: 2, norm });
  const dimensions = { height: 8, width: 8, channels: 1 };
  return (await build({ ...smallExperiment, batch: 3, model }, dimensions, registry)).graph;
}

/** How many images each convolution of a function works on. */
const imagesOfConvolutions = (graph: Graph, name: string): number[] =>
  reachable(graph, name)
    .filter(({ operation }) => operation.name.startsWith('conv2d'))
    .map(({ inputs }) => graph.nodes[inputs[0]!]!.shape[0]!);

describe.each(['none', 'batch'] as const)('a step of a U-Net with norm %s', (norm) => {
  test.each([2, 3, 16])('has the same numbers when its batch of 3 is cut into %i', async (count) => {
    const graph = await unet(norm);
    const cut = replicas(count)(graph);
    for (const name of ['train', 'infer']) {
      const [before, after] = [graph, cut].map((each) =>
        evaluate(each, name, sampleFeeds(graph, name, 'a'), sampleVariables(graph)),
      );
      for (const kind of ['outputs', 'updates'] as const)
        for (const [key, { data }] of Object.entries(before![kind])) {
          const { worst, largest } = difference(after![kind][key]!.data, data);
          expect(worst, `${name} ${key}`).toBeLessThan(1e-10 * Math.max(largest, 1));
        }
    }
  });

  test('has no convolution that runs over more than its part', async () => {
    const graph = await unet(norm);
    expect(new Set(imagesOfConvolutions(graph, 'train'))).toEqual(new Set([3]));
    for (const name of ['train', 'infer']) {
      expect(new Set(imagesOfConvolutions(replicas(2)(graph), name))).toEqual(new Set([1, 2]));
      expect(new Set(imagesOfConvolutions(replicas(3)(graph), name))).toEqual(new Set([1]));
    }
  });
});

test('one replica, or a graph without a batch, leaves everything as it is', async () => {
  const graph = await unet('none');
  expect(replicas(1)(graph)).toBe(graph);
  const builder = new GraphBuilder();
  builder.define('double', { y: mul(builder.input('x', [4]), 2) });
  const plain = builder.build();
  expect(replicas(4)(plain)).toBe(plain);
});

test('what cannot be cut is done on the joined parts, and what comes after it on its parts again', () => {
  const builder = new GraphBuilder();
  const image = builder.input('image', [4, 3]);
  const largest = max(image, [0], true);
  const merged = reshape(mul(image, largest), [2, 6]);
  builder.define('train', { scaled: add(image, largest), merged, total: sum(merged) });
  const graph = builder.build();
  const cut = replicas(2)(graph);
  const feeds = { image: tensor([4, 3], [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]) };
  expect(evaluate(cut, 'train', feeds).outputs).toEqual(evaluate(graph, 'train', feeds).outputs);
  expect(cut.nodes.filter(({ operation }) => operation.name === 'max')).toHaveLength(1);
});

test('a value of the whole batch that was not cut meets cut ones part by part', () => {
  const builder = new GraphBuilder();
  const image = builder.input('image', [4, 2]);
  const table = builder.variable({
    name: 'table',
    shape: [4, 2],
    role: 'weight',
    initial: { kind: 'fill', value: 1 },
  });
  builder.define('train', { products: mul(image, table) });
  const cut = replicas(2)(builder.build());
  const products = cut.nodes.filter(({ operation }) => operation.name === 'mul');
  expect(products.map(({ shape }) => shape)).toEqual([
    [2, 2],
    [2, 2],
  ]);
  const values = tensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  const { outputs } = evaluate(cut, 'train', { image: values }, { table: values });
  expect([...outputs.products!.data]).toEqual([1, 4, 9, 16, 25, 36, 49, 64]);
});
