import { cost } from '../compiler/graph/cost.ts';
import type { Graph } from '../compiler/graph/graph.ts';

/** What a network takes. */
export interface NetworkCost {
  readonly parameters: number;
  /** Floating-point operations of a training step. */
  readonly flops: number;
  /** Of all tensors alive at the worst point of a step and of a prediction, without the engine's workspace. */
  readonly peakBytes: { readonly train: number; readonly score: number };
}

/** By its training graph, and by the one that it is scored with if that is another. */
export function networkCost(graph: Graph, scoring?: Graph): NetworkCost {
  const { parameters, functions } = cost(graph);
  const { infer } = scoring ? cost(scoring).functions : functions;
  return {
    parameters,
    flops: functions.train?.flops ?? 0,
    peakBytes: { train: functions.train?.peakBytes ?? 0, score: infer?.peakBytes ?? 0 },
  };
}
