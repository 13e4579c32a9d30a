import type { Value } from '../../compiler/graph/builder.ts';
import { moments, normalise, updateRunning } from '../../compiler/graph/functions/batch-norm.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { biasAdd } from '../../compiler/graph/operations/bias-add.ts';
import { concat } from '../../compiler/graph/operations/concat.ts';
import { conv2d } from '../../compiler/graph/operations/conv2d.ts';
import { matmul } from '../../compiler/graph/operations/matmul.ts';
import { maxPool2d } from '../../compiler/graph/operations/max-pool2d.ts';
import { relu } from '../../compiler/graph/operations/relu.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { upsampleNearest } from '../../compiler/graph/operations/upsample-nearest.ts';
import { type Heads, ModelError, type ModelInputs } from './model.ts';

export interface UnetOptions {
  /**
   * Levels of resolution; each halves height and width.
   * @minimum 1
   * @maximum 8
   * @integer
   */
  readonly depth?: number;
  /**
   * Channels of the first level; each level below has twice as many.
   * @minimum 1
   * @integer
   */
  readonly width?: number;
  /** Normalisation after each convolution: `batch` with running statistics for prediction, or `none`. */
  readonly norm?: 'none' | 'batch';
}

/**
 * U-Net: two 3×3 convolutions with ReLU a level, 2×2 max-pooling on the way down, nearest upsampling and
 * concatenation with the encoder on the way up, and a 1×1 convolution to the classes. Weights are drawn as in
 * He et al. (normal, variance 2 / fan-in), biases are 0.
 *
 * @source Ronneberger et al., U-Net, MICCAI 2015 (padded convolutions; upsampling in place of up-convolutions)
 */
export function unet(inputs: ModelInputs, { depth = 4, width = 16, norm = 'none' }: UnetOptions = {}): Heads {
  const { image } = inputs;
  const [batch, height, wide] = image.shape as [number, number, number];
  const factor = 2 ** (depth - 1);
  if (height % factor !== 0 || wide % factor !== 0)
    throw new ModelError(
      `a unet of depth ${depth} halves its input ${depth - 1} times, and ${height} x ${wide} cannot be halved that often`,
      `Choose a crop whose sides are multiples of ${factor}, or a smaller depth.`,
    );
  const level = (x: Value, path: string, channels: number) =>
    [1, 2].reduce((value, i) => convolve(inputs, value, path, i, channels, norm === 'batch'), x);

  const skips: Value[] = [];
  let x = image;
  for (let i = 0; i < depth; i++) {
    if (i > 0) x = maxPool2d(x);
    x = level(x, `encoder.${i}`, width * 2 ** i);
    skips.push(x);
  }
  for (let i = depth - 2; i >= 0; i--)
    x = level(concat([skips[i]!, upsampleNearest(x)], 3), `decoder.${i}`, width * 2 ** i);

  const { classes, weight } = inputs;
  const kernel = weight('head.kernel', [1, 1, width, classes], he(width));
  const bias = weight('head.bias', [classes], { kind: 'fill', value: 0 });
  const pixels = reshape(x, [batch * height * wide, width]);
  const logits = matmul(reshape(kernel, [width, classes]), pixels, { transposeX: true, transposeY: true });
  return { main: reshape(add(logits, reshape(bias, [classes, 1])), [classes, batch, height * wide]) };
}

const he = (fanIn: number) => ({ kind: 'normal', deviation: Math.sqrt(2 / fanIn) }) as const;

/** 3×3 convolution, bias or batch norm, ReLU. */
function convolve(
  inputs: ModelInputs,
  x: Value,
  path: string,
  index: number,
  channels: number,
  normed: boolean,
): Value {
  const from = x.shape[3]!;
  const kernel = inputs.weight(`${path}.conv${index}.kernel`, [3, 3, from, channels], he(9 * from));
  const y = conv2d(x, kernel);
  if (normed) return relu(batchNorm(inputs, y, `${path}.norm${index}`));
  return relu(biasAdd(y, inputs.weight(`${path}.conv${index}.bias`, [channels], { kind: 'fill', value: 0 })));
}

function batchNorm({ training, weight, statistic, update }: ModelInputs, x: Value, path: string): Value {
  const channels = x.shape[3]!;
  const scale = weight(`${path}.scale`, [channels], { kind: 'fill', value: 1 });
  const shift = weight(`${path}.shift`, [channels], { kind: 'fill', value: 0 });
  const running = {
    mean: statistic(`${path}.mean`, [channels], 0),
    variance: statistic(`${path}.variance`, [channels], 1),
  };
  if (!training) return normalise(x, running, scale, shift);
  const batch = moments(x);
  const next = updateRunning(running, batch, x.shape[0]! * x.shape[1]! * x.shape[2]!);
  update(`${path}.mean`, next.mean);
  update(`${path}.variance`, next.variance);
  return normalise(x, batch, scale, shift);
}
