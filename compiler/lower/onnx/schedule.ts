import type { OnnxNode } from './protobuf.ts';

/**
 * The same nodes in another topological order, from which ONNX Runtime makes the order in which they were written.
 *
 * It runs a model depth first from its results back, and of several inputs it takes the one first that stands last in
 * the model (`GraphViewer`, `ReverseDFSFrom`). Were they to stand as they are to run, all masks of a backward pass would
 * be computed before it begins and all gradients of filters after it has ended: every image stays alive, and none is in
 * the cache. So the model is put together from its end, and of the nodes that may stand there the one that is to run
 * first is taken.
 */
export function scheduled(nodes: readonly OnnxNode[]): readonly OnnxNode[] {
  const producers = new Map(nodes.flatMap((node, at) => node.outputs.map((output) => [output, at] as const)));
  const sources = nodes.map(({ inputs }) => new Set(inputs.flatMap((input) => producers.get(input) ?? [])));
  const users = nodes.map(() => 0);
  for (const from of sources) for (const source of from) users[source]!++;
  const last = new Heap();
  for (const [at, count] of users.entries()) if (count === 0) last.push(at);
  const backwards: OnnxNode[] = [];
  for (let at = last.pop(); at !== undefined; at = last.pop()) {
    backwards.push(nodes[at]!);
    for (const source of sources[at]!) {
      users[source]!--;
      if (users[source] === 0) last.push(source);
    }
  }
  return backwards.reverse();
}

/** Numbers of which the smallest is taken first. */
class Heap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]! <= item) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= items.length) break;
      const child = left + 1 < items.length && items[left + 1]! < items[left]! ? left + 1 : left;
      if (items[child]! >= last) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
