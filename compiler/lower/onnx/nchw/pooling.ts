import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';
import { declaredImage } from '../nchwc/layout.ts';

const window = { kernel_shape: [2, 2], strides: [2, 2] };

/** The maximum of each window and where it is (the first one, row-major): one node, whoever asks for what. */
const maximum = (b: OnnxBuilder, x: string, from: readonly number[]) =>
  b.nodes('MaxPool', [b.reshape(x, from, declaredImage(from))], 2, window) as readonly [string, string];

export const plainMaxPool = ({
  b,
  inputs: [x],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string => b.reshape(maximum(b, x!, from!)[0], declaredImage(shape), shape);

export function plainMaxPoolGradient({
  b,
  inputs: [x, , dy],
  inputShapes: [from, small],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const [, place] = maximum(b, x!, from!);
  const gradient = b.reshape(dy!, small!, declaredImage(small!));
  const size = b.ints(declaredImage(shape));
  return b.reshape(b.node('MaxUnpool', [gradient, place, size], window), declaredImage(shape), shape);
}

export function plainUpsample({
  b,
  inputs: [x],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const scales = b.constant([1, 1, 2, 2], [4]);
  const y = b.node('Resize', [b.reshape(x!, from!, declaredImage(from!)), '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
  return b.reshape(y, declaredImage(shape), shape);
}

export function plainUpsampleGradient({
  b,
  inputs: [dy],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const mean = b.node('AveragePool', [b.reshape(dy!, from!, declaredImage(from!))], window);
  return b.reshape(b.node('Mul', [mean, b.constant([4], [])]), declaredImage(shape), shape);
}
