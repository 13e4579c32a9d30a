import { fromBlocks } from '../../../lower/onnx/nchwc/reorder.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation, imageIndex } from './layout.ts';

export const unpackImageOperation = blockedOperation({
  name: 'unpackImage',
  doc: 'A blocked image, of blocks larger than 1, as [B, H, W, C] with C = `channels`.',
  shape: ([x], attributes) => {
    if (x!.length !== 5 || x![4] === 1) throw new Error(`unpackImage of [${x}]`);
    return [x![0]!, x![2]!, x![3]!, attributes.channels as number];
  },
  flops: () => 0,
  lower: {
    reference: ([x], _, out) => {
      const [batch, height, width, channels] = out.shape as [number, number, number, number];
      const index = imageIndex(x!.shape);
      let at = 0;
      for (let n = 0; n < batch; n++)
        for (let y = 0; y < height; y++)
          for (let c = 0; c < width; c++)
            for (let k = 0; k < channels; k++) out.data[at++] = x!.data[index(n, y, c, k)]!;
    },
    onnx: ({ b, inputs: [x], inputShapes: [from], shape }) => {
      const channels = shape[3]!;
      return from![1] === 1 && from![4] === channels
        ? b.reshape(x!, from!, shape)
        : fromBlocks(b, x!, from!, channels, { channelsLast: true });
    },
  },
  samples: [
    { shapes: [[2, 1, 3, 4, 16]], attributes: { channels: 5 } },
    { shapes: [[2, 2, 3, 4, 16]], attributes: { channels: 32 } },
    { shapes: [[2, 1, 3, 4, 16]], attributes: { channels: 16 } },
  ],
});

/** A blocked image as [B, H, W, C]; channels that only fill the last block are dropped. */
export const unpackImage = (x: Value, channels: number): Value =>
  x.builder.emit(unpackImageOperation, [x], { channels });
