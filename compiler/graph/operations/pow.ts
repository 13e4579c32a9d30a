import type { Value } from '../builder.ts';
import type { Attributes } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { size } from '../shape.ts';
import { mul } from './mul.ts';

const exponentOf = (attributes: Attributes) => attributes.exponent as number;

export const powOperation: Operation = {
  name: 'pow',
  doc: 'x to the power of `exponent` where x > 0, else 0.',
  pointwise: true,
  shape: ([x]) => x!,
  flops: (_, output) => size(output),
  vjp: ({ inputs: [x], attributes, dy }) => {
    const exponent = exponentOf(attributes);
    return [mul(mul(dy, pow(x!, exponent - 1)), exponent)];
  },
  batch: ([axis]) => axis ?? 'whole',
  lower: {
    reference: ([x], attributes, out) => {
      const exponent = exponentOf(attributes);
      for (let i = 0; i < out.data.length; i++) out.data[i] = x!.data[i]! > 0 ? x!.data[i]! ** exponent : 0;
    },
    // What is not chosen may be infinite or no number: it is never looked at.
    onnx: ({ b, inputs: [x], attributes }) => {
      const zero = b.constant([0], []);
      const power = b.node('Pow', [x!, b.constant([exponentOf(attributes)], [])]);
      return b.node('Where', [b.node('Greater', [x!, zero]), power, zero]);
    },
    tensorflow: ({ b, inputs: [x], attributes }) => {
      const float = { T: { type: 'float' } } as const;
      const zero = b.constant([0], []);
      const power = b.op('Pow', [x!, b.constant([exponentOf(attributes)], [])], float);
      return b.op('SelectV2', [b.op('Greater', [x!, zero], float), power, zero], float);
    },
  },
  samples: [
    { shapes: [[2, 3, 5]], attributes: { exponent: 2 } },
    { shapes: [[2, 3]], attributes: { exponent: 1.5 } },
    { shapes: [[2, 3]], attributes: { exponent: -0.5 } },
  ],
};

/** x to the power of a number where x > 0, else 0: never infinite, not even where the exponent is below 0. */
export const pow = (x: Value, exponent: number): Value => x.builder.emit(powOperation, [x], { exponent });
