import type { Graph } from './graph.ts';
import { reachable } from './graph.ts';
import { size } from './shape.ts';

export interface Peak {
  /** Elements alive at the worst point, inputs and variables included. */
  readonly elements: number;
  /** The node at whose computation that is. */
  readonly at: number;
  /** What is alive there, largest first: node ids. */
  readonly alive: readonly number[];
}

/** Where a function needs most memory, if each value goes as soon as nothing needs it any more. */
export function peak(graph: Graph, name: string): Peak {
  const { outputs, updates } = graph.functions[name]!;
  const nodes = reachable(graph, name);
  const lastUse = new Map<number, number>();
  for (const { id, inputs } of nodes) for (const input of inputs) lastUse.set(input, id);
  for (const id of [...Object.values(outputs), ...Object.values(updates)])
    lastUse.set(id, Number.POSITIVE_INFINITY);
  const alive = new Set<number>();
  const elementsOf = (id: number) => size(graph.nodes[id]!.shape);
  let elements = 0;
  let worst: Peak = { elements: 0, at: 0, alive: [] };
  for (const node of nodes) {
    alive.add(node.id);
    elements += elementsOf(node.id);
    if (elements > worst.elements)
      worst = { elements, at: node.id, alive: [...alive].sort((a, b) => elementsOf(b) - elementsOf(a)) };
    for (const input of new Set(node.inputs))
      if (lastUse.get(input) === node.id) {
        alive.delete(input);
        elements -= elementsOf(input);
      }
  }
  return worst;
}
