import { toBlocks } from '../../../lower/onnx/nchwc/reorder.ts';
import type { Value } from '../../builder.ts';
import { equal } from '../../shape.ts';
import { blockedOperation, imageIndex, imageShape } from './layout.ts';

export const packImageOperation = blockedOperation({
  name: 'packImage',
  doc: 'An image [B, H, W, C] in blocks of `block` channels.',
  shape: ([x], attributes) => imageShape(x!, attributes.block as number),
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
    onnx: ({ b, inputs: [x], inputShapes: [from], attributes, shape }) => {
      if (attributes.block !== 1) return toBlocks(b, x!, from!, shape, { channelsLast: true });
      const [batch, height, width, channels] = from as [number, number, number, number];
      const planes = [batch, channels, height, width];
      const moved = channels === 1 || equal([height, width], [1, 1]);
      if (moved) return b.reshape(x!, from!, shape);
      return b.reshape(b.node('Transpose', [x!], { perm: [0, 3, 1, 2] }), planes, shape);
    },
  },
  samples: [
    { shapes: [[2, 3, 2, 5]], attributes: { block: 16 } },
    { shapes: [[2, 3, 4, 32]], attributes: { block: 16 } },
    { shapes: [[2, 3, 4, 5]], attributes: { block: 1 } },
    { shapes: [[2, 3, 4, 1]], attributes: { block: 1 } },
  ],
});

/** x [B, H, W, C] as [B, ⌈C/b⌉, H, W, b]. */
export const packImage = (x: Value, block: number): Value =>
  x.builder.emit(packImageOperation, [x], { block });
