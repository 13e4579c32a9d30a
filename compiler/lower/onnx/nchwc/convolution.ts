import type { LoweringContext } from '../../../graph/operation.ts';
import { type Geometry, geometryOf } from '../../../graph/operations/convolution.ts';
import type { OnnxAttributes, OnnxBuilder } from '../builder.ts';
import { declaredFilter, declaredImage, NCHWC, pads } from './layout.ts';

export const windowAttributes = (
  { strides, padding, dilations }: Geometry,
  kernel: readonly number[],
): OnnxAttributes => ({ kernel_shape: kernel, pads: pads(padding), strides, dilations });

/**
 * `blockedConv2d` with bias, second summand and ReLU in one operator. The summand's memory becomes the output where
 * nothing else needs it. With fewer input channels than a block the image is plain NCHW (blocks of 1).
 */
export function convolution({
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
  const y = b.node(
    'Conv',
    operands,
    {
      ...windowAttributes(geometryOf(attributes), w.slice(2, 4)),
      ...(attributes.relu ? { activation: 'Relu' } : {}),
    },
    NCHWC,
  );
  return b.reshape(y, declaredImage(shape), shape);
}
