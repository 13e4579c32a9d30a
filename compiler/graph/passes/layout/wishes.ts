import type { Graph, Node } from '../../graph.ts';
import { equal } from '../../shape.ts';
import { type Form, fits } from './form.ts';

/** For each node of a graph, the blocked forms that it was asked for while it was plain. */
export type Wishes = ReadonlyMap<number, readonly Form[]>;

/**
 * How variables are best stored: in the form that convolutions ask of them, or of what is made of them by operations
 * that leave the form as it is. So a weight, its part of a concatenation, its gradient and its momentum agree.
 */
export function variableForms(graph: Graph, wishes: Wishes): ReadonlyMap<string, Form> {
  const groups = new Groups(graph.nodes.length);
  for (const node of graph.nodes)
    for (const input of node.inputs) if (keepsForm(node, graph.nodes[input]!)) groups.join(node.id, input);
  const variables = graph.nodes.filter(({ operation }) => operation.name === 'variable');
  for (const { id, attributes } of variables)
    for (const { updates } of Object.values(graph.functions)) {
      const update = updates[String(attributes.name)];
      if (update !== undefined) groups.join(id, update);
    }
  const wished = new Map<number, Form>();
  for (const [id, [form]] of wishes) {
    const group = groups.of(id);
    if (form && !wished.has(group)) wished.set(group, form);
  }
  const forms = new Map<string, Form>();
  for (const { id, attributes, shape } of variables) {
    const form = wished.get(groups.of(id));
    if (form && form.kind !== 'image' && fits(shape, form)) forms.set(String(attributes.name), form);
  }
  return forms;
}

function keepsForm({ operation, attributes, shape }: Node, input: Node): boolean {
  if (operation.pointwise) return equal(shape, input.shape);
  if (operation.name === 'transpose') return equal(attributes.order as readonly number[], [0, 1, 3, 2]);
  return ['slice', 'concat', 'mapTaps'].includes(operation.name);
}

/** Sets of numbers that are joined one after the other. */
class Groups {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, i) => i);
  }

  of(member: number): number {
    let root = member;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    this.#parents[member] = root;
    return root;
  }

  join(a: number, b: number): void {
    this.#parents[this.of(a)] = this.of(b);
  }
}
