import type { Graph } from '../../compiler/graph/graph.ts';
import { inputsOf } from '../../compiler/graph/graph.ts';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { size } from '../../compiler/graph/shape.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';
import { random } from '../../runtime/random.ts';

/** A batch for any training graph: images in −1 … 1, soft labels that sum to 1 over classes, most pixels kept. */
export function sampleFeeds(graph: Graph, name: string, key: string): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputsOf(graph, name)).map(([input, shape]) => {
      const stream = random('feed', key, input);
      const data = Float64Array.from({ length: size(shape) }, () => stream.uniform());
      if (input === 'image')
        return [
          input,
          tensor(
            shape,
            data.map((x) => 2 * x - 1),
          ),
        ];
      if (input === 'keep')
        return [
          input,
          tensor(
            shape,
            data.map((x) => Number(x > 0.1)),
          ),
        ];
      if (input === 'rate') return [input, tensor(shape, [0.05])];
      const pixels = data.length / shape[0]!;
      const totals = Array.from({ length: pixels }, (_, p) =>
        Array.from({ length: shape[0]! }, (_, c) => data[c * pixels + p]!).reduce((a, b) => a + b),
      );
      return [
        input,
        tensor(
          shape,
          data.map((x, i) => x / totals[i % pixels]!),
        ),
      ];
    }),
  );
}

/** Weights as `Variable.initial` says, drawn for a test. */
export function sampleVariables({ variables }: Graph, key = 'w'): Record<string, Tensor> {
  return Object.fromEntries(
    variables.map(({ name, shape, initial }) => {
      const stream = random('variable', key, name);
      const draw = () => (initial.kind === 'normal' ? stream.normal() * initial.deviation : initial.value);
      return [name, tensor(shape, Float64Array.from({ length: size(shape) }, draw))];
    }),
  );
}
