import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../../../../compiler/graph/builder.ts';
import type { Attributes, Shape } from '../../../../../compiler/graph/graph.ts';
import type { Operation, Tensor } from '../../../../../compiler/graph/operation.ts';
import { blockedMaxPool2d } from '../../../../../compiler/graph/operations/blocked/blocked-max-pool2d.ts';
import { blockedMaxPool2dGradient } from '../../../../../compiler/graph/operations/blocked/blocked-max-pool2d-gradient.ts';
import { blockedOperations } from '../../../../../compiler/graph/operations/blocked/index.ts';
import { size } from '../../../../../compiler/graph/shape.ts';
import { evaluate, tensor } from '../../../../../compiler/lower/reference/evaluate.ts';
import { probeBlock } from '../../../../../runtime/engines/native/probe.ts';
import { random } from '../../../../../runtime/random.ts';
import { relativeError, runOnnx } from '../../../../support/onnx.ts';

/** Whole numbers of both signs, so that float32 is exact and ties happen. */
function numbers(shape: Shape, key: string): Tensor {
  const stream = random('blocked', key);
  return tensor(
    shape,
    Float64Array.from({ length: size(shape) }, () => stream.integer(9) - 4),
  );
}

function graphOf(operation: Operation, shapes: readonly Shape[], attributes: Attributes) {
  const builder = new GraphBuilder();
  const inputs = shapes.map((shape, i) => builder.input(`x${i}`, shape));
  builder.define('call', { y: builder.emit(operation, inputs, attributes) });
  return builder.build();
}

/** Blocks of a size that is not the processor's would end the process. */
const own = await probeBlock(ort);
const runs = (shapes: readonly Shape[], { block = 1 }: Attributes) =>
  own === 16 || (block === 1 && shapes.every((shape) => shape.length < 5 || shape.at(-1) === 1));

const samplesHere = ({ samples }: Operation) =>
  samples.filter(({ shapes, attributes = {} }) => runs(shapes, attributes));
const sampled = Object.entries(blockedOperations).filter(
  ([, operation]) => samplesHere(operation).length > 0,
);

describe.each(sampled)('%s', (name, operation) => {
  test.each(samplesHere(operation))(
    'is the same on ONNX Runtime as in plain loops, for $shapes',
    async ({ shapes, attributes = {} }) => {
      const graph = graphOf(operation, shapes, attributes);
      const feeds = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, numbers(shape, `${name}${i}`)]));
      const expected = evaluate(graph, 'call', feeds).outputs.y!;
      const actual = (await runOnnx(graph, 'call', feeds)).y!;
      expect(relativeError(actual.data, expected.data)).toBe(0);
    },
  );
});

const pooled = [
  [2, 2, 4, 6, 16],
  [2, 3, 4, 6, 1],
  [2, 3, 5, 7, 1],
].filter((shape) => runs([shape], {}));

test.each(pooled.map((shape) => [shape]))(
  'the gradient of max pooling goes to the first of equal maxima, for %s',
  async (shape) => {
    const builder = new GraphBuilder();
    const x = builder.input('x', shape);
    const y = blockedMaxPool2d(x);
    builder.define('call', { dx: blockedMaxPool2dGradient(x, y, builder.input('dy', y.shape)) });
    const graph = builder.build();
    const feeds = { x: numbers(shape, 'pool'), dy: numbers(y.shape, 'dy') };
    const expected = evaluate(graph, 'call', feeds).outputs.dx!;
    expect(relativeError((await runOnnx(graph, 'call', feeds)).dx!.data, expected.data)).toBe(0);
  },
);

test('every operation is listed under its name, with a doc', () => {
  for (const [key, { name, doc }] of Object.entries(blockedOperations)) {
    expect(name).toBe(key);
    expect(doc).not.toBe('');
  }
});
