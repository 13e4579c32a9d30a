import { gradients } from '../../compiler/graph/autodiff.ts';
import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import type { Attributes, Shape } from '../../compiler/graph/graph.ts';
import type { Operation, Tensor } from '../../compiler/graph/operation.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';
import { size } from '../../compiler/graph/shape.ts';
import { evaluateValues, tensor } from '../../compiler/lower/reference/evaluate.ts';
import { random } from '../../runtime/random.ts';

/** Numbers away from 0 and from each other, so that no kink of an operation is near. */
export function sampleTensor(shape: Shape, key: string): Tensor {
  const stream = random('sample', key);
  const data = Float64Array.from({ length: size(shape) }, () => 0.2 + stream.uniform());
  return tensor(shape, data);
}

/** Σ output · weights as a graph of its inputs, with the gradients for them. */
export function probe(operation: Operation, shapes: readonly Shape[], attributes: Attributes = {}) {
  const builder = new GraphBuilder();
  const inputs = shapes.map((shape, i) => builder.input(`x${i}`, shape));
  const output = builder.emit(operation, inputs, attributes);
  const scalar = sum(mul(output, builder.input('weights', output.shape)));
  return { builder, output, scalar, gradients: gradients(scalar, inputs) };
}

/** Largest difference between the gradients of a probe and central differences, relative to the largest gradient. */
export function gradientError(
  { scalar, gradients: expected }: { scalar: Value; gradients: readonly Value[] },
  feeds: Readonly<Record<string, Tensor>>,
  step = 1e-5,
): number {
  const computed = evaluateValues(expected, feeds);
  const valueAt = (changed: Readonly<Record<string, Tensor>>) =>
    evaluateValues([scalar], changed)[0]!.data[0]!;
  let worst = 0;
  let largest = 1e-12;
  for (const [i, gradient] of computed.entries())
    for (let k = 0; k < gradient.data.length; k++) {
      const moved = (by: number) => {
        const { shape, data } = feeds[`x${i}`]!;
        const copy = Float64Array.from(data);
        copy[k]! += by;
        return valueAt({ ...feeds, [`x${i}`]: { shape, data: copy } });
      };
      const difference = (moved(step) - moved(-step)) / (2 * step);
      worst = Math.max(worst, Math.abs(difference - gradient.data[k]!));
      largest = Math.max(largest, Math.abs(difference));
    }
  return worst / largest;
}
