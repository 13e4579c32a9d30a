import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';
import { laidOut } from './convolution.ts';
import { maxPool2dGradient } from './max-pool2d-gradient.ts';

/** Half the height and width; an odd last row or column is dropped. */
export const pooledShape = ([batch, height, width, channels]: Shape): Shape => [
  batch!,
  Math.floor(height! / 2),
  Math.floor(width! / 2),
  channels!,
];

export const tensorflowPooling = {
  T: { type: 'float' },
  ksize: { ints: [1, 2, 2, 1] },
  strides: { ints: [1, 2, 2, 1] },
  padding: { string: 'VALID' },
  data_format: { string: 'NHWC' },
} as const;

export const maxPool2dOperation: Operation = {
  name: 'maxPool2d',
  doc: 'Maximum of each 2×2 window of [B, H, W, C], stride 2.',
  shape: ([x]) => pooledShape(x!),
  flops: ([x]) => size(x!),
  vjp: ({ inputs: [x], output, dy }) => [maxPool2dGradient(x!, output, dy)],
  batch: ([x]) => x ?? 'whole',
  lower: {
    reference: ([x], _, out) => {
      const [, height, width, channels] = x!.shape as [number, number, number, number];
      const [batch, rows, columns] = out.shape as [number, number, number];
      let at = 0;
      for (let b = 0; b < batch; b++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < channels; k++) {
              const first = ((b * height + 2 * r) * width + 2 * c) * channels + k;
              const below = first + width * channels;
              out.data[at++] = Math.max(
                x!.data[first]!,
                x!.data[first + channels]!,
                x!.data[below]!,
                x!.data[below + channels]!,
              );
            }
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs }) => b.op('MaxPool', inputs, tensorflowPooling),
  },
  samples: [{ shapes: [[2, 4, 6, 3]] }, { shapes: [[1, 4, 4, 16]] }],
};

/** Maximum of each 2×2 window, stride 2. */
export const maxPool2d = (x: Value): Value => x.builder.emit(maxPool2dOperation, [x]);
