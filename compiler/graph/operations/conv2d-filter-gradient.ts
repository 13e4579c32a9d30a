import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { equal } from '../shape.ts';
import { conv2d } from './conv2d.ts';
import { conv2dInputGradient } from './conv2d-input-gradient.ts';
import {
  convolutionFlops,
  convolutionSamples,
  convolvedShape,
  type Geometry,
  geometryOf,
  laidOut,
  tensorflowGeometry,
  walkTaps,
} from './convolution.ts';

export const conv2dFilterGradientOperation: Operation = {
  name: 'conv2dFilterGradient',
  doc: 'Gradient of `conv2d` for its filter, of shape `shape`.',
  shape: ([x, dy], attributes) => {
    const shape = attributes.shape as Shape;
    const expected = convolvedShape(x!, shape, geometryOf(attributes));
    if (!equal(expected, dy!))
      throw new Error(`conv2dFilterGradient: gradient [${dy}] where [${expected}] belongs`);
    return shape;
  },
  flops: ([, dy], output) => convolutionFlops(output, dy!),
  vjp: ({ inputs: [x, dy], attributes, dy: g }) => {
    const geometry = geometryOf(attributes);
    return [conv2dInputGradient(dy!, g, x!.shape, geometry), conv2d(x!, g, geometry)];
  },
  batch: ([x, dy]) => (x === 0 && dy === 0 ? 'sum' : 'whole'),
  lower: {
    reference: ([x, dy], attributes, out) => {
      const [inputs, outputs] = [out.shape[2]!, out.shape[3]!];
      walkTaps(x!.shape, out.shape, dy!.shape, geometryOf(attributes), (image, filter, output) => {
        for (let i = 0; i < inputs; i++)
          for (let o = 0; o < outputs; o++)
            out.data[filter + i * outputs + o]! += x!.data[image + i]! * dy!.data[output + o]!;
      });
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs: [x, dy], inputShapes, attributes, shape }) =>
      b.op(
        'Conv2DBackpropFilter',
        [x!, b.ints(shape), dy!],
        tensorflowGeometry(inputShapes[0]!, shape, geometryOf(attributes)),
      ),
  },
  samples: convolutionSamples.map(({ image, filter, ...geometry }) => ({
    shapes: [image, convolvedShape(image, filter, geometry)],
    attributes: { shape: filter, ...geometry },
  })),
};

/** Gradient of `conv2d` for a filter of this shape. */
export const conv2dFilterGradient = (
  x: Value,
  dy: Value,
  shape: Shape,
  { strides, padding, dilations }: Geometry,
): Value => x.builder.emit(conv2dFilterGradientOperation, [x, dy], { shape, strides, padding, dilations });
