import type { Use } from '../compiler/experiment.ts';
import { GraphBuilder, type Value } from '../compiler/graph/builder.ts';
import { given } from '../compiler/graph/functions/softmax.ts';
import type { Witness } from '../compiler/lint/rule.ts';
import { evaluateValues, tensor } from '../compiler/lower/reference/evaluate.ts';
import type { Registry } from '../compiler/registry.ts';
import type { LossInputs } from './losses/loss.ts';

type Loss = (inputs: LossInputs, options: Use['options']) => Value;

/** The witness of lint rules: a loss on one pixel of one class, in float64. The same question is answered once. */
export function witnessOf(registry: Registry): Witness {
  const known = new Map<string, Promise<readonly number[]>>();
  return async (use, pixel) => {
    if (use.code !== undefined) return undefined;
    const key = JSON.stringify([use.name, use.options, pixel]);
    const answer = known.get(key) ?? measure(use, pixel, registry);
    known.set(key, answer);
    return answer;
  };
}

async function measure(
  { name, options }: Use,
  { label, probabilities }: Parameters<Witness>[1],
  registry: Registry,
): Promise<readonly number[]> {
  const loss = (await registry.loss[name]!.load()) as Loss;
  const builder = new GraphBuilder();
  const shape = [1, 1, 1];
  const x = builder.input('x', shape);
  const inputs: LossInputs = {
    ...given(x),
    labels: builder.input('labels', shape),
    keep: builder.input('keep', shape),
    height: 1,
    width: 1,
    soft: true,
  };
  // Weights of classes are of no account to one class, and a list would not fit it.
  const value = loss(inputs, 'weights' in options ? { ...options, weights: 'equal' } : options);
  const fixed = { labels: tensor(shape, [label]), keep: tensor(shape, [1]) };
  return probabilities.map(
    (probability) => evaluateValues([value], { ...fixed, x: tensor(shape, [probability]) })[0]!.data[0]!,
  );
}
