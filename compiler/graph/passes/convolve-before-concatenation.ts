import { add } from '../operations/add.ts';
import { concatOperation } from '../operations/concat.ts';
import { conv2d, conv2dOperation } from '../operations/conv2d.ts';
import { geometryOf } from '../operations/convolution.ts';
import { slice } from '../operations/slice.ts';
import { type Pass, rewrite } from './rewrite.ts';

/**
 * A convolution of a concatenation is the sum of a convolution of each part with its slice of the filter:
 * the same arithmetic without the copy, forward and backward.
 */
export const convolveBeforeConcatenation: Pass = (graph) =>
  rewrite(graph, ({ builder, node, inputs: [x, w], uses }) => {
    if (node.operation !== conv2dOperation) return undefined;
    const joined = builder.node(x!);
    const alone = uses(node.inputs[0]!) === 1;
    if (joined.operation !== concatOperation || joined.attributes.axis !== 3 || !alone) return undefined;
    let from = 0;
    const sums = joined.inputs.map((id) => {
      const part = builder.value(id);
      const [h, wide, , outputs] = w!.shape as [number, number, number, number];
      const filter = slice(w!, [0, 0, from, 0], [h, wide, part.shape[3]!, outputs]);
      from += part.shape[3]!;
      return conv2d(part, filter, geometryOf(node.attributes));
    });
    return sums.reduce(add);
  });
