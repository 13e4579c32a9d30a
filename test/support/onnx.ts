import * as ort from 'onnxruntime-node';
import type { Graph } from '../../compiler/graph/graph.ts';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';
import { openSession } from '../../runtime/engines/native/session.ts';

/** Calls a function of a graph that is ready to be lowered, as it stands, on ONNX Runtime. */
export async function runOnnx(
  graph: Graph,
  name: string,
  inputs: Readonly<Record<string, Tensor>>,
  threads = 2,
): Promise<Record<string, Tensor>> {
  const session = await openSession(ort, graph, threads);
  const feeds = Object.entries(inputs).map(([key, { data }]) => [key, Float32Array.from(data)] as const);
  const results = await session.call(name, Object.fromEntries(feeds));
  await session.dispose();
  const shapeOf = (output: string) => graph.nodes[graph.functions[name]!.outputs[output]!]!.shape;
  return Object.fromEntries(
    Object.entries(results).map(([output, data]) => [output, tensor(shapeOf(output), data)]),
  );
}

/** Largest difference of two tensors, relative to the largest number of the second. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    difference = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(difference, error);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}
