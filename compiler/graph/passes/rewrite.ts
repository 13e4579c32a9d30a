import { GraphBuilder, type Value } from '../builder.ts';
import type { Graph, Node, Variable } from '../graph.ts';
import { reachable } from '../graph.ts';

export type Pass = (graph: Graph) => Graph;

export interface RewriteContext {
  readonly builder: GraphBuilder;
  /** The node of the old graph. */
  readonly node: Node;
  /** Its inputs in the new graph. */
  readonly inputs: readonly Value[];
  /** How often the old graph uses a node: a rule that takes a value apart must not leave it needed elsewhere. */
  readonly uses: (id: number) => number;
}

/** What a node becomes; `undefined` keeps it. */
export type Rule = (context: RewriteContext) => Value | undefined;

/**
 * Builds the graph anew, node by node. Because equal nodes are one in a builder and only what the functions need is
 * walked, every rewrite also shares common work and drops dead nodes.
 */
export function rewrite(
  graph: Graph,
  rule: Rule,
  variables: (variable: Variable) => Variable = (v) => v,
): Graph {
  const builder = new GraphBuilder();
  for (const variable of graph.variables) builder.variables.set(variable.name, variables(variable));
  const needed = new Set(
    Object.keys(graph.functions).flatMap((name) => reachable(graph, name).map(({ id }) => id)),
  );
  const counts = new Map<number, number>();
  const count = (id: number) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const node of graph.nodes) if (needed.has(node.id)) node.inputs.forEach(count);
  for (const { outputs, updates } of Object.values(graph.functions))
    [...Object.values(outputs), ...Object.values(updates)].forEach(count);
  const values = new Map<number, Value>();
  for (const node of graph.nodes) {
    if (!needed.has(node.id)) continue;
    const inputs = node.inputs.map((id) => values.get(id)!);
    const context = { builder, node, inputs, uses: (id: number) => counts.get(id) ?? 0 };
    values.set(node.id, rule(context) ?? builder.emit(node.operation, inputs, node.attributes));
  }
  for (const [name, { outputs, updates }] of Object.entries(graph.functions)) {
    const moved = (ids: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, values.get(id)!]));
    builder.define(name, moved(outputs), moved(updates));
  }
  return builder.build();
}
