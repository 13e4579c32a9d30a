import { toBlocks } from '../../../lower/onnx/nchwc/reorder.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation, imageIndex, imageShape } from './layout.ts';

export const packImageOperation = blockedOperation({
  name: 'packImage',
  doc: 'An image [B, H, W, C] in blocks of `block` channels, more than 1.',
  shape: ([x], attributes) => {
    if (x!.length !== 4 || attributes.block === 1)
      throw new Error(`packImage of [${x}] in ${attributes.block}`);
    return imageShape(x!, attributes.block as number);
  },
  flops: () => 0,
  lower: {
    reference: ([x], _, out) => {
      const [batch, height, width, channels] = x!.shape as [number, number, number, number];
      const index = imageIndex(out.shape);
      let at = 0;
      for (let n = 0; n < batch; n++)
        for (let y = 0; y < height; y++)
          for (let c = 0; c < width; c++)
            for (let k = 0; k < channels; k++) out.data[index(n, y, c, k)] = x!.data[at++]!;
    },
    onnx: ({ b, inputs: [x], inputShapes: [from], shape }) =>
      toBlocks(b, x!, from!, shape, { channelsLast: true }),
  },
  samples: [
    { shapes: [[2, 3, 2, 5]], attributes: { block: 16 } },
    { shapes: [[2, 3, 4, 32]], attributes: { block: 16 } },
  ],
});

/** x [B, H, W, C] as [B, ⌈C/b⌉, H, W, b]. */
export const packImage = (x: Value, block: number): Value =>
  x.builder.emit(packImageOperation, [x], { block });
