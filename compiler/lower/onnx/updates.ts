import type { Graph, Node } from '../../graph/graph.ts';
import { equal, size } from '../../graph/shape.ts';

/**
 * A weight with all that is updated beside it, its momentum for instance: what their updates are made of, as far as
 * they are pointwise. Families whose updates differ only in their leaves do the same, and are done together.
 */
export interface Family {
  /** Equal for families that do the same. */
  readonly key: string;
  /** In an order that is the same for all families of the key. */
  readonly variables: readonly string[];
  /** Variables as leaves, by the id of their node. */
  readonly leaves: ReadonlyMap<number, string>;
  /** Other leaves, such as the gradient: ids of nodes, in the order of the key. */
  readonly others: readonly number[];
  /** The nodes between leaves and updates, in the graph's order. */
  readonly inner: readonly number[];
}

/** The families of a function's updates, in the order of their first variable in the graph. */
export function updateFamilies(graph: Graph, name: string): readonly Family[] {
  const { updates } = graph.functions[name]!;
  const reach = new Map(Object.entries(updates).map(([variable, id]) => [variable, expression(graph, id)]));
  return families(graph, reach).map((variables) => describeFamily(graph, updates, variables, reach));
}

/** A pointwise expression over variables: everything on which the update depends through other operations is a leaf. */
interface Expression {
  readonly inner: ReadonlySet<number>;
  readonly variables: ReadonlyMap<number, string>;
}

function expression(graph: Graph, root: number): Expression {
  const inner = new Set<number>();
  const variables = new Map<number, string>();
  const { shape } = graph.nodes[root]!;
  /** Whether a variable of the same shape is reached through pointwise operations; those become part of it. */
  const visit = (id: number): boolean => {
    const node = graph.nodes[id]!;
    if (!equal(node.shape, shape)) return false;
    if (node.operation.name === 'variable') {
      variables.set(id, String(node.attributes.name));
      return true;
    }
    if (inner.has(id)) return true;
    if (!node.operation.pointwise || !node.inputs.every((input) => isLeafShape(graph.nodes[input]!, shape)))
      return false;
    const reached = node.inputs.map(visit).some(Boolean);
    if (reached) inner.add(id);
    return reached;
  };
  visit(root);
  return { inner, variables };
}

const isLeafShape = (node: Node, shape: Node['shape']) => equal(node.shape, shape) || size(node.shape) === 1;

/** Sets of variables whose updates are made of each other. */
function families(graph: Graph, reach: ReadonlyMap<string, Expression>): readonly (readonly string[])[] {
  const family = new Map<string, Set<string>>();
  for (const [variable, { variables }] of reach) {
    const joined = new Set([variable, ...variables.values()]);
    for (const member of [...joined]) for (const other of family.get(member) ?? []) joined.add(other);
    for (const member of joined) family.set(member, joined);
  }
  const order = new Map(graph.variables.map(({ name, role }, at) => [name, { role, at }]));
  const sorted = [...new Set(family.values())].map((members) =>
    [...members].sort((a, b) => {
      const [x, y] = [order.get(a)!, order.get(b)!];
      return x.role === y.role
        ? Number(a > b) - Number(a < b)
        : Number(x.role < y.role) - Number(x.role > y.role);
    }),
  );
  return sorted.sort((a, b) => order.get(a[0]!)!.at - order.get(b[0]!)!.at);
}

/** Writes the updates down with numbers in place of leaves. */
function describeFamily(
  graph: Graph,
  updates: Readonly<Record<string, number>>,
  variables: readonly string[],
  reach: ReadonlyMap<string, Expression>,
): Family {
  const parts = variables.map((variable) => reach.get(variable));
  const inner = new Set(parts.flatMap((part) => [...(part?.inner ?? [])]));
  const leaves = new Map(parts.flatMap((part) => [...(part?.variables ?? [])]));
  const others: number[] = [];
  const place = (id: number): string => {
    const variable = leaves.get(id);
    if (variable !== undefined) return `v${variables.indexOf(variable)}`;
    if (!inner.has(id)) return leaf(id);
    const { operation, inputs, attributes } = graph.nodes[id]!;
    return `${operation.name}${JSON.stringify(attributes)}(${inputs.map(place)})`;
  };
  const leaf = (id: number): string => (size(graph.nodes[id]!.shape) === 1 ? `s${id}` : other(id));
  const other = (id: number): string => {
    if (!others.includes(id)) others.push(id);
    return `o${others.indexOf(id)}`;
  };
  const texts = variables.map((variable) => {
    const update = updates[variable];
    if (update === undefined) return '';
    return inner.has(update) || leaves.has(update) ? place(update) : other(update);
  });
  const roles = graph.variables.filter(({ name }) => variables.includes(name)).map(({ role }) => role);
  return {
    key: [...roles.sort(), ...texts].join(' '),
    variables,
    leaves,
    others,
    inner: [...inner].sort((a, b) => a - b),
  };
}
