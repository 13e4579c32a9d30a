import type { Node } from '../graph/graph.ts';
import * as exact from './exact.ts';
import type { Facts } from './facts.ts';
import { constantForm, type Region } from './region.ts';

/** What a rule may look at: the node, what is known of its operands, and the nodes that those come from. */
export interface Premise {
  readonly node: Node;
  readonly operands: readonly Facts[];
  readonly nodes: readonly Node[];
  readonly factsOf: (id: number) => Facts;
  readonly labels: 'hard' | 'soft';
  readonly regions: readonly Region[];
}

/** Σ exp(a − max a), both over the same axes: one of the terms is exp(0). */
export function isSoftmaxTotal(node: Node, nodes: readonly Node[]): boolean {
  const powers = nodes[node.inputs[0]!]!;
  const shifted = powers.operation.name === 'exp' ? nodes[powers.inputs[0]!]! : undefined;
  if (shifted?.operation.name !== 'sub' || !isBelowItsMaximum(shifted, nodes)) return false;
  const peak = nodes[shifted.inputs[1]!]!;
  return String(peak.attributes.axes) === String(node.attributes.axes);
}

/** a − max a, over axes that stay. */
export function isBelowItsMaximum({ inputs }: Node, nodes: readonly Node[]): boolean {
  const peak = nodes[inputs[1]!]!;
  return peak.operation.name === 'max' && peak.attributes.keepdims === true && peak.inputs[0] === inputs[0];
}

/** log x and log y, each with the convention 0 · log 0 = 0: y may be kept from 0 by the usual guard. */
export function logarithm({ node, nodes, factsOf, regions }: Premise): exact.Exact | undefined {
  const inner = nodes[node.inputs[0]!]!;
  const [zero, one] = [constantForm(regions, 0), constantForm(regions, 1)];
  if (isInput(inner, 'probabilities')) return exact.pixel(zero, one);
  const [label, guard] = inner.inputs.map((id) => nodes[id]!);
  const test = guard?.operation.name === 'sub' ? nodes[guard.inputs[1]!] : undefined;
  const isGuarded =
    inner.operation.name === 'add' &&
    label !== undefined &&
    isInput(label, 'labels') &&
    isOne(factsOf(guard!.inputs[0] ?? -1)) &&
    test?.operation.name === 'greater' &&
    test.inputs[0] === label.id &&
    isZero(factsOf(test.inputs[1]!));
  return isGuarded ? exact.pixel(zero, undefined, one) : undefined;
}

const isInput = (node: Node, name: string) =>
  node.operation.name === 'input' && node.attributes.name === name;
export const isOne = (facts: Facts) => facts.exact?.kind === 'number' && facts.exact.value === 1;
export const isZero = (facts: Facts) => facts.exact?.kind === 'number' && facts.exact.value === 0;

/** The label at kept pixels and 0 at the others. */
export function isKeptLabel({ exact: value }: Facts, regions: readonly Region[]): boolean {
  if (value?.kind !== 'pixel' || value.logX || value.logY || value.weight) return false;
  return value.plain.parts.every((part, i) => {
    const { corners, kept } = regions[i]!;
    return corners.every(([, y], corner) => {
      const at = part.terms.find(({ exponents }) => exponents.every((e, j) => j === corner || e === 0));
      return part.degree <= 1 && (at?.coefficient ?? 0) === (kept ? y : 0);
    });
  });
}

/** Axes of pixels, without that of the classes. */
export const pixelAxes = (node: Node) => !(node.attributes.axes as readonly number[]).includes(0);

export const sameShape = (a: Node, b: Node) => a.shape.join() === b.shape.join();
