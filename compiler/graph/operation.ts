import type { OnnxBuilder } from '../lower/onnx/builder.ts';
import type { TensorflowBuilder } from '../lower/tensorflow/builder.ts';
import type { Value } from './builder.ts';
import type { Attributes, Shape } from './graph.ts';

/** float64, row-major: what `reference` computes with. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** A node as a lowering sees it: its inputs already lowered to names of the target. */
export interface LoweringContext<Builder> {
  readonly b: Builder;
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly attributes: Attributes;
  readonly shape: Shape;
}

export interface Lowerings {
  /** Plain loops in float64, written to be read. `out` is zeroed. */
  readonly reference: (inputs: readonly Tensor[], attributes: Attributes, out: Tensor) => void;
  /** Name of the output. A string in place of the function says why the operation never reaches this lowering. */
  readonly onnx: ((context: LoweringContext<OnnxBuilder>) => string) | { readonly never: string };
  readonly tensorflow: ((context: LoweringContext<TensorflowBuilder>) => string) | { readonly never: string };
}

/** One operation: its shape rule, cost, gradient and lowerings, side by side in one file. */
export interface Operation {
  /** As the printed graph says. */
  readonly name: string;
  readonly doc: string;
  /** Acts on each element by itself, with broadcasting: the same in every layout of memory. */
  readonly pointwise?: true;
  /** Throws an Error on a misuse, which is a bug of whoever builds the graph. */
  readonly shape: (inputs: readonly Shape[], attributes: Attributes) => Shape;
  readonly flops: (inputs: readonly Shape[], output: Shape, attributes: Attributes) => number;
  /** Gradient of each input, given that of the output; `undefined` where none flows. */
  readonly vjp: (context: {
    readonly inputs: readonly Value[];
    readonly output: Value;
    readonly attributes: Attributes;
    readonly dy: Value;
  }) => readonly (Value | undefined)[];
  /**
   * How a cut of the batch passes through: given the axis of each input that runs over the batch (undefined: whole),
   * the axis of the output, `sum` if the outputs of the parts are to be added, or `whole` if it cannot be cut.
   */
  readonly batch: (
    axes: readonly (number | undefined)[],
    inputs: readonly Shape[],
    output: Shape,
    attributes: Attributes,
  ) => number | 'sum' | 'whole';
  readonly lower: Lowerings;
  /** Shapes (and attributes) that the test matrix runs on every engine, gradient too. */
  readonly samples: readonly { readonly shapes: readonly Shape[]; readonly attributes?: Attributes }[];
}
