import { fromBlocks } from '../../../lower/onnx/nchwc/reorder.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation, imageIndex } from './layout.ts';

export const unpackImageOperation = blockedOperation({
  name: 'unpackImage',
  doc: 'A blocked image as [B, H, W, C] with C = `channels`.',
  shape: ([x], attributes) => [x![0]!, x![2]!, x![3]!, attributes.channels as number],
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
      const [batch, count, height, width, block] = from as [number, number, number, number, number];
      const channels = shape[3]!;
      if (count === 1 && channels === block) return b.reshape(x!, from!, shape);
      if (block !== 1) return fromBlocks(b, x!, from!, channels, { channelsLast: true });
      const planes = b.reshape(x!, from!, [batch, count, height, width]);
      return b.node('Transpose', [planes], { perm: [0, 2, 3, 1] });
    },
  },
  samples: [
    { shapes: [[2, 1, 3, 4, 16]], attributes: { channels: 5 } },
    { shapes: [[2, 2, 3, 4, 16]], attributes: { channels: 32 } },
    { shapes: [[2, 1, 3, 4, 16]], attributes: { channels: 16 } },
    { shapes: [[2, 5, 3, 4, 1]], attributes: { channels: 5 } },
  ],
});

/** A blocked image as [B, H, W, C]; channels that only fill the last block are dropped. */
export const unpackImage = (x: Value, channels: number): Value =>
  x.builder.emit(unpackImageOperation, [x], { channels });
