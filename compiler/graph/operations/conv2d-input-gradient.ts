import type { Value } from '../builder.ts';
import type { Shape } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { equal } from '../shape.ts';
import { conv2d } from './conv2d.ts';
import { conv2dFilterGradient } from './conv2d-filter-gradient.ts';
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

export const conv2dInputGradientOperation: Operation = {
  name: 'conv2dInputGradient',
  doc: 'Gradient of `conv2d` for its image, of shape `shape`; also the transposed convolution of dy.',
  shape: ([dy, w], attributes) => {
    const shape = attributes.shape as Shape;
    const expected = convolvedShape(shape, w!, geometryOf(attributes));
    if (!equal(expected, dy!))
      throw new Error(`conv2dInputGradient: gradient [${dy}] where [${expected}] belongs`);
    return shape;
  },
  flops: ([dy, w]) => convolutionFlops(w!, dy!),
  vjp: ({ inputs: [dy, w], attributes, dy: g }) => {
    const geometry = geometryOf(attributes);
    return [conv2d(g, w!, geometry), conv2dFilterGradient(g, dy!, w!.shape, geometry)];
  },
  batch: ([dy, w]) => (dy === 0 && w === undefined ? 0 : 'whole'),
  lower: {
    reference: ([dy, w], attributes, out) => {
      const [inputs, outputs] = [w!.shape[2]!, w!.shape[3]!];
      walkTaps(out.shape, w!.shape, dy!.shape, geometryOf(attributes), (image, filter, output) => {
        for (let i = 0; i < inputs; i++)
          for (let o = 0; o < outputs; o++)
            out.data[image + i]! += dy!.data[output + o]! * w!.data[filter + i * outputs + o]!;
      });
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs: [dy, w], inputShapes, attributes, shape }) =>
      b.op(
        'Conv2DBackpropInput',
        [b.ints(shape), w!, dy!],
        tensorflowGeometry(shape, inputShapes[1]!, geometryOf(attributes)),
      ),
  },
  samples: convolutionSamples.map(({ image, filter, ...geometry }) => ({
    shapes: [convolvedShape(image, filter, geometry), filter],
    attributes: { shape: image, ...geometry },
  })),
};

/** Gradient of `conv2d` for an image of this shape. */
export const conv2dInputGradient = (
  dy: Value,
  w: Value,
  shape: Shape,
  { strides, padding, dilations }: Geometry,
): Value => dy.builder.emit(conv2dInputGradientOperation, [dy, w], { shape, strides, padding, dilations });
