import type { Value } from '../../compiler/graph/builder.ts';
import { moments, normalise, updateRunning } from '../../compiler/graph/functions/batch-norm.ts';
import { resizeBilinear } from '../../compiler/graph/functions/resample.ts';
import { concat } from '../../compiler/graph/operations/concat.ts';
import { maxPool2d } from '../../compiler/graph/operations/max-pool2d.ts';
import { relu } from '../../compiler/graph/operations/relu.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { upsampleNearest } from '../../compiler/graph/operations/upsample-nearest.ts';
import { classify, convolution, withBias } from './layers.ts';
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
  /**
   * How an image doubles on the way up.
   * @shapes none
   */
  readonly up?: 'nearest' | 'bilinear';
  /**
   * A second head, for terms `at aux`: a 1×1 convolution on the first level of the way up, resized to the image
   * bilinearly.
   * @head aux
   */
  readonly aux?: boolean;
}

/**
 * U-Net: two 3×3 convolutions with ReLU a level, 2×2 max-pooling on the way down, upsampling and concatenation with
 * the encoder on the way up, and a 1×1 convolution to the classes. Weights are drawn as in He et al. (normal,
 * variance 2 / fan-in), biases are 0.
 *
 * @parts encoder, decoder, head
 * @classes head
 * @source Ronneberger et al., U-Net, MICCAI 2015 (padded convolutions; upsampling in place of up-convolutions)
 */
export function unet(
  inputs: ModelInputs,
  { depth = 4, width = 16, norm = 'none', up = 'nearest', aux = false }: UnetOptions = {},
): Heads {
  const { image, classes } = inputs;
  const [batch, height, wide] = image.shape as [number, number, number];
  checkSize(depth, height, wide, aux);
  const level = (x: Value, path: string, channels: number) =>
    [1, 2].reduce((value, i) => convolve(inputs, value, path, i, channels, norm === 'batch'), x);

  const skips: Value[] = [];
  let x = image;
  for (let i = 0; i < depth; i++) {
    if (i > 0) x = maxPool2d(x);
    x = level(x, `encoder.${i}`, width * 2 ** i);
    skips.push(x);
  }
  const ways: Value[] = [];
  for (let i = depth - 2; i >= 0; i--) {
    x = level(concat([skips[i]!, double[up](x)], 3), `decoder.${i}`, width * 2 ** i);
    ways.push(x);
  }

  const main = reshape(classify(inputs, x, 'head'), [classes, batch, height * wide]);
  if (!aux) return { main };
  const [, rows, columns] = ways[0]!.shape as [number, number, number];
  const small = reshape(classify(inputs, ways[0]!, 'aux'), [classes, batch, rows, columns]);
  const large = resizeBilinear(small, [height, wide], [2, 3]);
  return { main, aux: reshape(large, [classes, batch, height * wide]) };
}

function checkSize(depth: number, height: number, width: number, aux: boolean): void {
  const factor = 2 ** (depth - 1);
  if (height % factor !== 0 || width % factor !== 0)
    throw new ModelError(
      `a unet of depth ${depth} halves its input ${depth - 1} times, and ${height} x ${width} cannot be halved that often`,
      `Choose a crop whose sides are multiples of ${factor}, or a smaller depth.`,
    );
  if (aux && depth === 1)
    throw new ModelError(
      'a unet of depth 1 has no way up on which an auxiliary head could stand',
      'Choose a depth of at least 2, or leave `aux` out.',
    );
}

const double: Readonly<Record<NonNullable<UnetOptions['up']>, (x: Value) => Value>> = {
  nearest: upsampleNearest,
  bilinear: (x) => resizeBilinear(x, [2 * x.shape[1]!, 2 * x.shape[2]!]),
};

/** 3×3 convolution, bias or batch norm, ReLU. */
function convolve(
  inputs: ModelInputs,
  x: Value,
  path: string,
  index: number,
  channels: number,
  normed: boolean,
): Value {
  const y = convolution(inputs, x, `${path}.conv${index}`, channels, 3);
  return relu(
    normed ? batchNorm(inputs, y, `${path}.norm${index}`) : withBias(inputs, y, `${path}.conv${index}`),
  );
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
