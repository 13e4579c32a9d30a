import { interleave as lowered } from '../../../lower/onnx/nchwc/interleave.ts';
import type { Value } from '../../builder.ts';
import { equal } from '../../shape.ts';
import { blockedOperation } from './layout.ts';

export const interleaveOperation = blockedOperation({
  name: 'interleave',
  doc: 'Blocked images of equal size as every n-th row and m-th column of one, row-major; `strides` [n, m].',
  shape: (inputs, attributes) => {
    const [rows, columns] = attributes.strides as [number, number];
    const [first] = inputs;
    if (inputs.length !== rows * columns || inputs.some((shape) => !equal(shape, first!)))
      throw new Error(`interleave of ${inputs.map((shape) => `[${shape}]`).join(', ')}`);
    const [batch, count, height, width, block] = first as [number, number, number, number, number];
    return [batch, count, height * rows, width * columns, block];
  },
  flops: () => 0,
  lower: {
    reference: (inputs, attributes, out) => {
      const [rows, columns] = attributes.strides as [number, number];
      const [batch, count, height, width, block] = out.shape as [number, number, number, number, number];
      let at = 0;
      for (let plane = 0; plane < batch * count; plane++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let k = 0; k < block; k++) {
              const phase = inputs[(y % rows) * columns + (x % columns)]!;
              const row = (plane * height) / rows + Math.floor(y / rows);
              out.data[at++] = phase.data[((row * width) / columns + Math.floor(x / columns)) * block + k]!;
            }
    },
    onnx: lowered,
  },
  samples: [
    { shapes: Array(4).fill([2, 2, 3, 2, 16]), attributes: { strides: [2, 2] } },
    { shapes: Array(2).fill([2, 1, 3, 2, 16]), attributes: { strides: [1, 2] } },
    { shapes: Array(6).fill([2, 3, 3, 2, 1]), attributes: { strides: [3, 2] } },
  ],
});

/** Blocked images as the phases of one that is larger. */
export const interleave = (phases: readonly Value[], strides: readonly [number, number]): Value =>
  phases.length === 1 ? phases[0]! : phases[0]!.builder.emit(interleaveOperation, phases, { strides });
