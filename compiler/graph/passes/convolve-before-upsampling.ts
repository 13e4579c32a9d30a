import { conv2dOperation } from '../operations/conv2d.ts';
import { conv2dInputGradient } from '../operations/conv2d-input-gradient.ts';
import { geometryOf, samePadding } from '../operations/convolution.ts';
import { mapTaps } from '../operations/map-taps.ts';
import { transpose } from '../operations/transpose.ts';
import { upsampleNearestOperation } from '../operations/upsample-nearest.ts';
import { equal } from '../shape.ts';
import { type Pass, rewrite } from './rewrite.ts';

/** Along one axis: the 4 taps that a doubled pixel sees, from the 3 of the filter. */
const doubled = [
  [0, 0, 1],
  [0, 1, 1],
  [1, 1, 0],
  [1, 0, 0],
];
const doubledTwice = doubled.flatMap((rows) =>
  doubled.flatMap((columns) => rows.flatMap((r) => columns.map((c) => r * c))),
);

/**
 * Nearest ×2 and then a 3×3 convolution is one transposed 4×4 convolution of stride 2 at the low resolution:
 * 4/9 of the arithmetic, and nothing is doubled in memory.
 */
export const convolveBeforeUpsampling: Pass = (graph) =>
  rewrite(graph, ({ builder, node, inputs: [x, w], uses }) => {
    if (node.operation !== conv2dOperation || builder.node(x!).operation !== upsampleNearestOperation)
      return undefined;
    const { strides, padding, dilations } = geometryOf(node.attributes);
    const plain = [...strides, ...dilations].every((n) => n === 1) && equal(padding, samePadding(3));
    if (!plain || !equal(w!.shape.slice(0, 2), [3, 3]) || uses(node.inputs[0]!) > 1) return undefined;
    const small = builder.value(builder.node(x!).inputs[0]!);
    const filter = mapTaps(transpose(w!, [0, 1, 3, 2]), doubledTwice, [4, 4]);
    return conv2dInputGradient(small, filter, node.shape, {
      strides: [2, 2],
      padding: [1, 1, 1, 1],
      dilations: [1, 1],
    });
  });
