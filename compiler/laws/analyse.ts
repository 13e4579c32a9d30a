import type { Value } from '../graph/builder.ts';
import { neededFor } from '../graph/graph.ts';
import { pixel } from './exact.ts';
import { type Facts, ofOperands, unknown } from './facts.ts';
import { constantForm, keepForm, labelForm, predictionForm, regionsOf } from './region.ts';
import { rules } from './rules.ts';

/**
 * What can be proved of the value of a loss by reading its graph, from the inputs to the loss. The graph has one image
 * size, but no rule looks at it: what is proved holds for every number of pixels and images.
 *
 * @param value of a graph with the inputs `probabilities`, `logProbabilities`, `labels` and `keep`
 */
export function analyse({ builder, id: result }: Value, labels: 'hard' | 'soft'): Facts {
  const regions = regionsOf(labels);
  const known = new Map<number, Facts>();
  const factsOf = (id: number) => known.get(id) ?? unknown(id, true);
  for (const node of neededFor([result], builder.nodes)) {
    const operands = node.inputs.map(factsOf);
    const rule = rules[node.operation.name];
    const premise = { node, operands, nodes: builder.nodes, factsOf, labels, regions };
    const facts =
      node.operation.name === 'input'
        ? inputFacts(node.attributes.name as string, node.id, regions)
        : (rule?.(premise) ?? ofOperands(node.id, operands));
    known.set(node.id, withoutInfinite(facts));
  }
  return factsOf(result);
}

/** What labels alone decide but may be infinite is no number to count with: ∞ − ∞ is none. */
const withoutInfinite = (facts: Facts): Facts =>
  facts.predicted || facts.bounded
    ? facts
    : { ...facts, exact: undefined, atTarget: undefined, least: undefined, most: undefined };

function inputFacts(name: string, id: number, regions: ReturnType<typeof regionsOf>): Facts {
  const unit = { low: 0, high: 1, bounded: true };
  switch (name) {
    case 'probabilities':
      return {
        ...unknown(id, true),
        ...unit,
        steady: true,
        own: true,
        exact: pixel(predictionForm(regions)),
      };
    case 'logProbabilities':
      return {
        ...unknown(id, true),
        high: 0,
        steady: true,
        ownLog: true,
        exact: pixel(constantForm(regions, 0), constantForm(regions, 1)),
        by: { zero: [], minimum: [], gradient: ['logarithm'] },
      };
    case 'labels':
      return { ...unknown(id, false), ...unit, exact: pixel(labelForm(regions)) };
    case 'keep':
      return { ...unknown(id, false), ...unit, exact: pixel(keepForm(regions)) };
    default:
      return unknown(id, false);
  }
}
