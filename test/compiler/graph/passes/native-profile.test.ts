import { describe, expect, test } from 'vitest';
import type { Graph, Variable } from '../../../../compiler/graph/graph.ts';
import type { Tensor } from '../../../../compiler/graph/operation.ts';
import { nativeProfile } from '../../../../compiler/graph/passes/native-profile.ts';
import { size } from '../../../../compiler/graph/shape.ts';
import { evaluate } from '../../../../compiler/lower/reference/evaluate.ts';
import { relativeError } from '../../../support/onnx.ts';
import { type UnetCase, unetGraph, unetInputs, unetVariables } from '../../../support/unet.ts';

type Direction = 'pack' | 'unpack';

function convert({ shape, storage }: Variable, value: Tensor, direction: Direction): Tensor {
  if (!storage) return value;
  const to = direction === 'pack' ? storage.shape : shape;
  const out = { shape: to, data: new Float64Array(size(to)) };
  const { operation, attributes } = storage[direction];
  operation.lower.reference([value], attributes, out);
  return out;
}

/** A training step and an inference of a graph, variables in and out in their logical shapes. */
function step(graph: Graph, inputs: Record<string, Tensor>, variables: Record<string, Tensor>) {
  const named = new Map(graph.variables.map((variable) => [variable.name, variable]));
  const move = (values: Readonly<Record<string, Tensor>>, direction: Direction) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, convert(named.get(name)!, value, direction)]),
    );
  const stored = move(variables, 'pack');
  const { outputs, updates } = evaluate(graph, 'train', inputs, stored);
  const inferred = evaluate(graph, 'infer', inputs, stored).outputs;
  return { ...outputs, ...inferred, ...move(updates, 'unpack') };
}

const passed = (graph: Graph, block: number) =>
  Object.values(nativeProfile(block)).reduce((g, pass) => pass(g), graph);

const cases: readonly (UnetCase & { readonly block: number })[] = [
  { width: 16, depth: 2, side: 8, batch: 2, block: 16 },
  { width: 8, depth: 3, side: 8, batch: 1, block: 16 },
  { width: 4, depth: 2, side: 6, batch: 2, block: 16, channels: 3 },
  { width: 24, depth: 2, side: 4, batch: 1, block: 16 },
  { width: 8, depth: 4, side: 8, batch: 1, block: 8 },
  { width: 12, depth: 2, side: 6, batch: 2, block: 8, norm: 'batch' },
  { width: 6, depth: 3, side: 8, batch: 2, block: 1, norm: 'batch', channels: 2 },
  { width: 4, depth: 4, side: 8, batch: 1, block: 1 },
  { width: 12, depth: 3, side: 8, batch: 2, block: 8, up: 'bilinear', aux: true },
];

describe('the passes of the native engine keep the numbers of a step', () => {
  test.each(cases)('U-Net of width $width, depth $depth, norm $norm, up $up in blocks of $block', (unet) => {
    const graph = unetGraph(unet);
    const variables = unetVariables(graph);
    const inputs = unetInputs(unet);
    const expected = step(graph, inputs, variables);
    const actual = step(passed(graph, unet.block), inputs, variables);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected))
      expect(relativeError(actual[name]!.data, value.data), name).toBeLessThan(1e-10);
  });
});
