import type { LoweringContext } from '../../../graph/operation.ts';
import { geometryOf } from '../../../graph/operations/convolution.ts';
import type { OnnxBuilder } from '../builder.ts';
import { windowAttributes } from '../nchwc/convolution.ts';
import { declaredFilter, declaredImage } from '../nchwc/layout.ts';

/** `blockedConv2d` with blocks of 1, in the operators of plain NCHW. */
export function plainConvolution({
  b,
  inputs,
  inputShapes,
  attributes,
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const rest = inputs.slice(2);
  const bias = attributes.bias ? rest.shift()! : '';
  const sum = attributes.sum ? b.reshape(rest.shift()!, shape, declaredImage(shape)) : '';
  const [x, w] = inputShapes as [readonly number[], readonly number[]];
  const operands = [b.reshape(inputs[0]!, x, declaredImage(x)), b.reshape(inputs[1]!, w, declaredFilter(w))];
  if (bias || sum) operands.push(bias);
  if (sum) operands.push(sum);
  const window = windowAttributes(geometryOf(attributes), w.slice(2, 4));
  const y =
    attributes.relu || sum
      ? b.node(
          'FusedConv',
          operands,
          { ...window, ...(attributes.relu ? { activation: 'Relu' } : {}) },
          'com.microsoft',
        )
      : b.node('Conv', operands, window);
  return b.reshape(y, declaredImage(shape), shape);
}
