import { cost } from '../compiler/graph/cost.ts';
import type { Graph } from '../compiler/graph/graph.ts';

/** What a network takes, by its training graph. */
export interface NetworkCost {
  readonly parameters: number;
  /** Floating-point operations of a training step. */
  readonly flops: number;
  /** Of all tensors alive at the worst point of a step and of a prediction, without the engine's workspace. */
  readonly peakBytes: { readonly train: number; readonly score: number };
}

export function networkCost(graph: Graph): NetworkCost {
  const { parameters, functions } = cost(graph);
  return {
    parameters,
    flops: functions.train?.flops ?? 0,
    peakBytes: { train: functions.train?.peakBytes ?? 0, score: functions.infer?.peakBytes ?? 0 },
  };
}
