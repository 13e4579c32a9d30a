import { fromBlocks, toBlocks } from '../../../lower/onnx/nchwc/reorder.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation, blocks, imageIndex } from './layout.ts';

export const reblockImageOperation = blockedOperation({
  name: 'reblockImage',
  doc: 'A blocked image of `channels` channels in blocks of `block`; from or to blocks of 1.',
  shape: ([x], attributes) => {
    const [channels, block] = [attributes.channels as number, attributes.block as number];
    if (x![4] !== 1 && block !== 1) throw new Error(`reblockImage from ${x![4]} to ${block}`);
    return [x![0]!, blocks(channels, block), x![2]!, x![3]!, block];
  },
  flops: () => 0,
  lower: {
    reference: ([x], attributes, out) => {
      const [batch, , height, width] = out.shape as [number, number, number, number];
      const [from, to] = [imageIndex(x!.shape), imageIndex(out.shape)];
      for (let n = 0; n < batch; n++)
        for (let k = 0; k < (attributes.channels as number); k++)
          for (let y = 0; y < height; y++)
            for (let c = 0; c < width; c++) out.data[to(n, y, c, k)] = x!.data[from(n, y, c, k)]!;
    },
    onnx: ({ b, inputs: [x], inputShapes: [from], attributes, shape }) => {
      const channels = attributes.channels as number;
      const planes = [from![0]!, channels, from![2]!, from![3]!];
      return from![4] === 1
        ? toBlocks(b, b.reshape(x!, from!, planes), planes, shape, { channelsLast: false })
        : b.reshape(fromBlocks(b, x!, from!, channels, { channelsLast: false }), planes, shape);
    },
  },
  samples: [
    { shapes: [[2, 1, 3, 4, 16]], attributes: { channels: 5, block: 1 } },
    { shapes: [[2, 20, 3, 4, 1]], attributes: { channels: 20, block: 16 } },
    { shapes: [[2, 6, 3, 4, 1]], attributes: { channels: 6, block: 16 } },
  ],
});

/** A blocked image in blocks of another size. */
export const reblockImage = (x: Value, channels: number, block: number): Value =>
  x.builder.emit(reblockImageOperation, [x], { channels, block });
