import type { Value } from '../../compiler/graph/builder.ts';
import type { Initial } from '../../compiler/graph/graph.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { biasAdd } from '../../compiler/graph/operations/bias-add.ts';
import { conv2d } from '../../compiler/graph/operations/conv2d.ts';
import { matmul } from '../../compiler/graph/operations/matmul.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import type { ModelInputs } from './model.ts';

/** Normal, variance 2 / fan-in (He et al., ICCV 2015). */
export const he = (fanIn: number): Initial => ({ kind: 'normal', deviation: Math.sqrt(2 / fanIn) });

const zero: Initial = { kind: 'fill', value: 0 };

/** Convolution that keeps the size, without a bias; the kernel is `<path>.kernel`. */
export function convolution(
  { weight }: ModelInputs,
  x: Value,
  path: string,
  channels: number,
  kernel: number,
): Value {
  const from = x.shape[3]!;
  const filter = weight(`${path}.kernel`, [kernel, kernel, from, channels], he(kernel * kernel * from));
  return conv2d(x, filter);
}

/** The value with a bias for each channel, `<path>.bias`. */
export const withBias = ({ weight }: ModelInputs, x: Value, path: string): Value =>
  biasAdd(x, weight(`${path}.bias`, [x.shape[3]!], zero));

/** 1×1 convolution to the classes, class first: [class, batch · pixel]. */
export function classify({ classes, weight }: ModelInputs, x: Value, path: string): Value {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const kernel = weight(`${path}.kernel`, [1, 1, channels, classes], he(channels));
  const bias = weight(`${path}.bias`, [classes], zero);
  const pixels = reshape(x, [batch * height * width, channels]);
  const logits = matmul(reshape(kernel, [channels, classes]), pixels, { transposeX: true, transposeY: true });
  return add(logits, reshape(bias, [classes, 1]));
}
