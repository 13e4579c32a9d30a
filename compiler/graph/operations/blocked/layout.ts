import type { Shape } from '../../graph.ts';
import type { Operation } from '../../operation.ts';

/**
 * The blocked layout of the native engine. Channels come in blocks of b (16 with AVX-512, 8 with AVX2), the innermost axis:
 *
 *   image  [B, H, W, C]  becomes  [B, ⌈C/b⌉, H, W, b]
 *   filter [h, w, I, O]  becomes  [⌈O/bo⌉, ⌈I/bi⌉, h, w, bi, bo]
 *   vector [C]           becomes  [⌈C/b⌉ · b]
 *
 * What is missing to a whole block is zero. With b = 1 an image is plain NCHW and a filter plain OIHW.
 */
export const blocks = (channels: number, block: number) => Math.ceil(channels / block);

export const imageShape = ([batch, height, width, channels]: Shape, block: number): Shape => [
  batch!,
  blocks(channels!, block),
  height!,
  width!,
  block,
];

export const filterShape = (
  [height, width, inputs, outputs]: Shape,
  inputBlock: number,
  outputBlock: number,
): Shape => [
  blocks(outputs!, outputBlock),
  blocks(inputs!, inputBlock),
  height!,
  width!,
  inputBlock,
  outputBlock,
];

/** A blocked image as if it were [B, H, W, C], padded channels included, and a blocked filter as [h, w, I, O]. */
export const flatImage = ([batch, count, height, width, block]: Shape): Shape => [
  batch!,
  height!,
  width!,
  count! * block!,
];
export const flatFilter = ([o, i, height, width, inputBlock, outputBlock]: Shape): Shape => [
  height!,
  width!,
  i! * inputBlock!,
  o! * outputBlock!,
];

/** Where the number of a channel and a pixel lies in a blocked image. */
export function imageIndex([, count, height, width, block]: Shape) {
  return (sample: number, y: number, x: number, channel: number) => {
    const outer = Math.floor(channel / block!);
    return (((sample * count! + outer) * height! + y) * width! + x) * block! + (channel - outer * block!);
  };
}

/** Where a weight lies in a blocked filter. */
export function filterIndex([, inputs, height, width, inputBlock, outputBlock]: Shape) {
  return (y: number, x: number, input: number, output: number) => {
    const [i, o] = [Math.floor(input / inputBlock!), Math.floor(output / outputBlock!)];
    const tap = ((o * inputs! + i) * height! + y) * width! + x;
    return (tap * inputBlock! + (input - i * inputBlock!)) * outputBlock! + (output - o * outputBlock!);
  };
}

/** What all operations of the blocked layout have in common: they come to be after differentiation and replication. */
export const blockedOperation = (
  operation: Omit<Operation, 'vjp' | 'batch' | 'lower'> & {
    readonly lower: Omit<Operation['lower'], 'tensorflow'>;
  },
): Operation => ({
  ...operation,
  vjp: () => {
    throw new Error(`${operation.name} comes to be after differentiation`);
  },
  batch: () => 'whole',
  lower: { ...operation.lower, tensorflow: { never: 'the layout pass of the native engine made it' } },
});
