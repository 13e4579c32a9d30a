import type { Value } from '../builder.ts';
import type { Operation } from '../operation.ts';
import { conv2dFilterGradient } from './conv2d-filter-gradient.ts';
import { conv2dInputGradient } from './conv2d-input-gradient.ts';
import {
  convolutionFlops,
  convolutionSamples,
  convolvedShape,
  type Geometry,
  geometryOf,
  laidOut,
  samePadding,
  tensorflowGeometry,
  walkTaps,
} from './convolution.ts';

export const conv2dOperation: Operation = {
  name: 'conv2d',
  doc: 'Cross-correlation of an image [B, H, W, I] with a filter [h, w, I, O].',
  shape: ([x, w], attributes) => convolvedShape(x!, w!, geometryOf(attributes)),
  flops: ([, w], output) => convolutionFlops(w!, output),
  vjp: ({ inputs: [x, w], attributes, dy }) => {
    const geometry = geometryOf(attributes);
    return [
      conv2dInputGradient(dy, w!, x!.shape, geometry),
      conv2dFilterGradient(x!, dy, w!.shape, geometry),
    ];
  },
  batch: ([x, w]) => (x === 0 && w === undefined ? 0 : 'whole'),
  lower: {
    reference: ([x, w], attributes, out) => {
      const [inputs, outputs] = [w!.shape[2]!, w!.shape[3]!];
      walkTaps(x!.shape, w!.shape, out.shape, geometryOf(attributes), (image, filter, output) => {
        for (let i = 0; i < inputs; i++)
          for (let o = 0; o < outputs; o++)
            out.data[output + o]! += x!.data[image + i]! * w!.data[filter + i * outputs + o]!;
      });
    },
    onnx: laidOut,
    tensorflow: ({ b, inputs, inputShapes: [x, w], attributes }) =>
      b.op('Conv2D', inputs, tensorflowGeometry(x!, w!, geometryOf(attributes))),
  },
  samples: convolutionSamples.map(({ image, filter, ...attributes }) => ({
    shapes: [image, filter],
    attributes,
  })),
};

/** Cross-correlation of an image [B, H, W, I] with a filter [h, w, I, O]; by default the size is kept. */
export function conv2d(x: Value, w: Value, geometry: Partial<Geometry> = {}): Value {
  const { strides = [1, 1], padding = samePadding(w.shape[0]!), dilations = [1, 1] } = geometry;
  return x.builder.emit(conv2dOperation, [x, w], { strides, padding, dilations });
}
