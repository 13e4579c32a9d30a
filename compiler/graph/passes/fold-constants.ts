import { evaluateValues } from '../../lower/reference/evaluate.ts';
import { constantOperation } from '../operations/leaves.ts';
import { size } from '../shape.ts';
import { type Pass, rewrite } from './rewrite.ts';

/** Larger constants stay unfolded: they would be stored with the graph, and computing them anew costs less than that. */
const largest = 2 ** 20;

/** What depends on constants alone is computed once, here. */
export const foldConstants: Pass = (graph) =>
  rewrite(graph, ({ builder, node, inputs }) => {
    const constant =
      inputs.length > 0 && inputs.every((input) => builder.node(input).operation === constantOperation);
    if (!constant || size(node.shape) > largest) return undefined;
    const [result] = evaluateValues([builder.emit(node.operation, inputs, node.attributes)]);
    return builder.constant(result!.data, node.shape);
  });
