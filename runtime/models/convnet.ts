import { relu } from '../../compiler/graph/operations/relu.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { transpose } from '../../compiler/graph/operations/transpose.ts';
import { convolution, withBias } from './layers.ts';
import type { Heads, ModelInputs } from './model.ts';

export interface ConvnetOptions {
  /**
   * Channels of each convolution but the last, whose channels are the classes.
   * @minimum 1
   * @integer
   */
  readonly channels?: readonly number[];
  /**
   * Height and width of the kernels, in pixels.
   * @unit pixels
   * @minimum 1
   * @integer
   */
  readonly kernel?: number;
}

/**
 * A few convolutions at full resolution, each with bias and ReLU, and one to the classes. Small enough to be followed
 * by hand. Weights are drawn as in He et al. (normal, variance 2 / fan-in), biases are 0.
 *
 * @parts conv#
 * @classes conv#
 * @source Long et al., Fully Convolutional Networks, CVPR 2015 (without pooling)
 */
export function convnet(
  inputs: ModelInputs,
  { channels = [16, 16], kernel = 3 }: ConvnetOptions = {},
): Heads {
  const convolve = (x: typeof inputs.image, index: number, to: number) =>
    withBias(inputs, convolution(inputs, x, `conv${index}`, to, kernel), `conv${index}`);
  const hidden = channels.reduce((x, to, i) => relu(convolve(x, i + 1, to)), inputs.image);
  const maps = convolve(hidden, channels.length + 1, inputs.classes);
  const [batch, height, width, classes] = maps.shape as [number, number, number, number];
  return { main: reshape(transpose(maps, [3, 0, 1, 2]), [classes, batch, height * width]) };
}
