import type { Attributes, Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';

const leaf = {
  shape: (_: readonly Shape[], attributes: Attributes) => attributes.shape as Shape,
  flops: () => 0,
  vjp: () => [],
  batch: () => 'whole' as const,
  samples: [],
};
const placed = { never: 'whoever runs the graph places its inputs and variables' };
const given = () => {
  throw new Error('inputs and variables are given, not computed');
};

export const inputOperation: Operation = {
  ...leaf,
  name: 'input',
  doc: 'What a caller feeds, by name.',
  lower: { reference: given, onnx: placed, tensorflow: placed },
};

export const variableOperation: Operation = {
  ...leaf,
  name: 'variable',
  doc: 'The value of a variable before the call.',
  lower: { reference: given, onnx: placed, tensorflow: placed },
};

export const constantOperation: Operation = {
  ...leaf,
  name: 'constant',
  doc: 'Numbers known when the graph is built.',
  lower: {
    reference: (_, attributes, out) => out.data.set(attributes.data as Float64Array),
    onnx: ({ b, attributes, shape }) => b.constant(attributes.data as Float64Array, shape),
    tensorflow: ({ b, attributes, shape }) => b.constant(attributes.data as Float64Array, shape),
  },
};
