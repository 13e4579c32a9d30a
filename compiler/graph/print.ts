import type { Attribute, Graph, Node } from './graph.ts';
import { reachable } from './graph.ts';

/**
 * A function of the graph as text, one node a line in the order of computation:
 * `%7 = conv2d(%5, %6) strides=[1, 1] … : [4, 128, 128, 16]`.
 */
export function printFunction(graph: Graph, name: string): string {
  const { outputs, updates } = graph.functions[name]!;
  const nodes = reachable(graph, name);
  const numbers = new Map(nodes.map(({ id }, i) => [id, `%${i}`]));
  const lines = nodes.map((node) => `  ${numbers.get(node.id)} = ${printNode(node, numbers)}`);
  const results = Object.entries(outputs).map(([key, id]) => `  return ${key} = ${numbers.get(id)}`);
  const assignments = Object.entries(updates).map(([key, id]) => `  ${key} := ${numbers.get(id)}`);
  return [`function ${name} {`, ...lines, ...assignments, ...results, '}'].join('\n');
}

function printNode(
  { operation, inputs, attributes, shape }: Node,
  numbers: ReadonlyMap<number, string>,
): string {
  const { shape: _, name, ...others } = attributes;
  const call =
    name === undefined ? `(${inputs.map((id) => numbers.get(id)).join(', ')})` : ` ${String(name)}`;
  const details = Object.entries(others).map(([key, value]) => ` ${key}=${printAttribute(value)}`);
  return `${operation.name}${call}${details.join('')} : [${shape.join(', ')}]`;
}

function printAttribute(value: Attribute): string {
  if (typeof value !== 'object') return String(value);
  const numbers = Array.from(value, (x) => String(x));
  return numbers.length > 8
    ? `[${numbers.slice(0, 6).join(', ')}, … ${numbers.length}]`
    : `[${numbers.join(', ')}]`;
}
