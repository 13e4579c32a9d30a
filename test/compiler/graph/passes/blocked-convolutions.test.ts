import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../../compiler/graph/autodiff.ts';
import { GraphBuilder } from '../../../../compiler/graph/builder.ts';
import type { Graph } from '../../../../compiler/graph/graph.ts';
import type { Tensor } from '../../../../compiler/graph/operation.ts';
import { conv2d } from '../../../../compiler/graph/operations/conv2d.ts';
import { mul } from '../../../../compiler/graph/operations/mul.ts';
import { sum } from '../../../../compiler/graph/operations/sum.ts';
import { nativeProfile } from '../../../../compiler/graph/passes/native-profile.ts';
import { size } from '../../../../compiler/graph/shape.ts';
import { evaluate, tensor } from '../../../../compiler/lower/reference/evaluate.ts';
import { probeBlock } from '../../../../runtime/engines/native/probe.ts';
import { random } from '../../../../runtime/random.ts';
import { relativeError, runOnnx } from '../../../support/onnx.ts';

interface Geometry {
  readonly image: readonly [number, number, number, number];
  readonly kernel: readonly [number, number];
  readonly outputs: number;
  readonly strides: readonly [number, number];
  readonly padding: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

const pair = (minimum: number, maximum: number) =>
  fc.tuple(fc.integer({ min: minimum, max: maximum }), fc.integer({ min: minimum, max: maximum }));

/** Convolutions of all sorts, padding beyond the kernel and rows that no tap reaches included. */
const geometry: fc.Arbitrary<Geometry> = fc
  .record({
    image: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: 3, max: 9 }),
      fc.constantFrom(1, 3, 5, 16, 20),
    ),
    kernel: pair(1, 4),
    outputs: fc.constantFrom(2, 8, 16, 24),
    strides: pair(1, 3),
    padding: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 3 }))),
    dilations: pair(1, 2),
  })
  .map((g) => g as unknown as Geometry)
  .filter(({ image, kernel, padding, dilations }) =>
    [0, 1].every(
      (axis) =>
        image[axis + 1]! + padding[2 * axis]! + padding[2 * axis + 1]! >=
        dilations[axis]! * (kernel[axis]! - 1) + 1,
    ),
  );

function convolution({ image, kernel, outputs, ...rest }: Geometry): Graph {
  const builder = new GraphBuilder();
  const x = builder.input('x', image);
  const w = builder.input('w', [...kernel, image[3], outputs]);
  const y = conv2d(x, w, rest);
  const loss = sum(mul(y, builder.input('dy', y.shape)));
  const [dx, dw] = gradients(loss, [x, w]);
  builder.define('call', { y, dx: dx!, dw: dw! });
  return builder.build();
}

function feeds(graph: Graph): Record<string, Tensor> {
  const inputs = graph.nodes.filter(({ operation }) => operation.name === 'input');
  return Object.fromEntries(
    inputs.map(({ attributes, shape }) => {
      const stream = random('geometry', String(attributes.name));
      const whole = Float64Array.from({ length: size(shape) }, () => stream.integer(7) - 3);
      return [String(attributes.name), tensor(shape, whole)];
    }),
  );
}

const laidOut = (graph: Graph, block: number) =>
  Object.values(nativeProfile(block)).reduce((passed, pass) => pass(passed), graph);

/** Numbers are whole and small, so there is nothing to round. */
function sameNumbers(
  actual: Readonly<Record<string, Tensor>>,
  expected: Readonly<Record<string, Tensor>>,
): void {
  for (const [name, { data }] of Object.entries(expected))
    expect(relativeError(actual[name]!.data, data), name).toBe(0);
}

describe.each([1, 8, 16])('in blocks of %i', (block) => {
  test('any convolution and its gradients keep their numbers', () => {
    fc.assert(
      fc.property(geometry, (g) => {
        const graph = convolution(g);
        const inputs = feeds(graph);
        const expected = evaluate(graph, 'call', inputs).outputs;
        sameNumbers(evaluate(laidOut(graph, block), 'call', inputs).outputs, expected);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

const own = await probeBlock(ort);

describe.each([1, ...(own > 1 ? [own] : [])])('on ONNX Runtime, in blocks of %i', (block) => {
  test('any convolution and its gradients keep their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(geometry, async (g) => {
        const graph = convolution(g);
        const inputs = feeds(graph);
        const expected = evaluate(graph, 'call', inputs).outputs;
        sameNumbers(await runOnnx(laidOut(graph, block), 'call', inputs), expected);
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});
