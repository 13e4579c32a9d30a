import type { Shape } from '../../../graph/graph.ts';
import { size } from '../../../graph/shape.ts';
import type { OnnxBuilder } from '../builder.ts';
import { correlate } from './correlation.ts';

/** Σ over batch and pixels of a blocked image, as the correlation with an image of ones: threaded, unlike ReduceSum. */
export function biasGradient(b: OnnxBuilder, dy: string, shape: Shape): string {
  const [batch, blocks, height, width, block] = shape as [number, number, number, number, number];
  const ones = [1, batch, height, width];
  const sums = correlate(
    b,
    { value: b.constant(new Float32Array(size(ones)).fill(1), ones), batch, height, width, channels: 1 },
    { value: b.reshape(dy, shape, [batch * blocks * block, 1, height, width]), blocks, height, width, block },
    [1, 1],
  );
  return b.reshape(sums.value, sums.shape, [blocks * block]);
}
