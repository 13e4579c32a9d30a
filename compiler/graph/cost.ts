import type { Graph } from './graph.ts';
import { reachable } from './graph.ts';
import { peak } from './liveness.ts';
import { size } from './shape.ts';

/** Engines compute in float32. */
const bytesPerElement = 4;

export interface FunctionCost {
  readonly nodes: number;
  /** Additions and multiplications; a comparison or exponential counts as one. */
  readonly flops: number;
  /** Read and written by all operations, if nothing stays in a cache: reshapes move nothing. */
  readonly bytes: number;
  /** Of all tensors alive at the worst point; what the engine needs beside them is not in it. */
  readonly peakBytes: number;
  /** The largest tensors alive at that point, with the operation that made them. */
  readonly peakTensors: readonly {
    readonly operation: string;
    readonly shape: readonly number[];
    readonly bytes: number;
  }[];
  /** Share of each operation, most floating-point work first. */
  readonly operations: readonly {
    readonly operation: string;
    readonly count: number;
    readonly flops: number;
    readonly bytes: number;
  }[];
}

export interface Cost {
  /** Elements of all weights. */
  readonly parameters: number;
  /** Bytes of weights, optimizer state and statistics. */
  readonly stateBytes: number;
  readonly functions: Readonly<Record<string, FunctionCost>>;
}

/** What a graph costs, from shapes alone. */
export const cost = (graph: Graph): Cost => ({
  parameters: elements(graph, (role) => role === 'weight'),
  stateBytes: bytesPerElement * elements(graph, () => true),
  functions: Object.fromEntries(
    Object.keys(graph.functions).map((name) => [name, functionCost(graph, name)]),
  ),
});

const elements = (graph: Graph, counts: (role: string) => boolean): number =>
  graph.variables.reduce((total, { role, shape }) => total + (counts(role) ? size(shape) : 0), 0);

/** Leaves and views: nothing is computed or copied for them. */
const free = new Set(['input', 'variable', 'constant', 'reshape']);

function functionCost(graph: Graph, name: string): FunctionCost {
  const nodes = reachable(graph, name);
  const byOperation = new Map<string, { operation: string; count: number; flops: number; bytes: number }>();
  for (const { operation, inputs, attributes, shape } of nodes) {
    const shapes = inputs.map((id) => graph.nodes[id]!.shape);
    const moved = free.has(operation.name) ? 0 : [...shapes, shape].reduce((total, s) => total + size(s), 0);
    const entry = byOperation.get(operation.name) ?? {
      operation: operation.name,
      count: 0,
      flops: 0,
      bytes: 0,
    };
    entry.count++;
    entry.flops += operation.flops(shapes, shape, attributes);
    entry.bytes += bytesPerElement * moved;
    byOperation.set(operation.name, entry);
  }
  const operations = [...byOperation.values()].sort((a, b) => b.flops - a.flops || b.bytes - a.bytes);
  const worst = peak(graph, name);
  return {
    nodes: nodes.length,
    flops: operations.reduce((total, { flops }) => total + flops, 0),
    bytes: operations.reduce((total, { bytes }) => total + bytes, 0),
    peakBytes: bytesPerElement * worst.elements,
    peakTensors: worst.alive.slice(0, 5).map((id) => {
      const { operation, shape } = graph.nodes[id]!;
      return { operation: operation.name, shape, bytes: bytesPerElement * size(shape) };
    }),
    operations,
  };
}
