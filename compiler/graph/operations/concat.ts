import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { equal, size } from '../shape.ts';
import { slice } from './slice.ts';

export const concatOperation: Operation = {
  name: 'concat',
  doc: 'Puts values side by side along `axis`.',
  shape: (inputs, attributes) => {
    const axis = attributes.axis as number;
    const [first, ...others] = inputs;
    const without = (shape: readonly number[]) => shape.filter((_, a) => a !== axis);
    if (others.some((shape) => !equal(without(shape), without(first!))))
      throw new Error(`concat of ${inputs.map((s) => `[${s}]`).join(', ')} along ${axis}`);
    return first!.map((n, a) => (a === axis ? inputs.reduce((total, shape) => total + shape[a]!, 0) : n));
  },
  flops: () => 0,
  vjp: ({ inputs, attributes, dy }) => {
    const axis = attributes.axis as number;
    let from = 0;
    return inputs.map((input) => {
      const begin = dy.shape.map((_, a) => (a === axis ? from : 0));
      from += input.shape[axis]!;
      return slice(dy, begin, input.shape);
    });
  },
  batch: (axes, _inputs, _output, attributes) => {
    const [first] = axes;
    return first !== undefined && first !== attributes.axis && axes.every((axis) => axis === first)
      ? first
      : 'whole';
  },
  lower: {
    reference: (inputs, attributes, out) => {
      const axis = attributes.axis as number;
      const outer = size(out.shape.slice(0, axis));
      let at = 0;
      for (let o = 0; o < outer; o++)
        for (const { shape, data } of inputs) {
          const run = size(shape.slice(axis));
          out.data.set(data.subarray(o * run, (o + 1) * run), at);
          at += run;
        }
    },
    onnx: ({ b, inputs, attributes }) => b.node('Concat', inputs, { axis: attributes.axis as number }),
    tensorflow: ({ b, inputs, attributes }) =>
      b.op('ConcatV2', [...inputs, b.int(attributes.axis as number)], {
        N: { int: inputs.length },
        T: { type: 'float' },
        Tidx: { type: 'int32' },
      }),
  },
  samples: [
    {
      shapes: [
        [2, 3, 2],
        [2, 3, 4],
      ],
      attributes: { axis: 2 },
    },
  ],
};

/** The values side by side along this axis. */
export const concat = (values: readonly Value[], axis: number): Value =>
  values.length === 1 ? values[0]! : values[0]!.builder.emit(concatOperation, values, { axis });
