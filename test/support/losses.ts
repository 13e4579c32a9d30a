import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import { softmax } from '../../compiler/graph/functions/softmax.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { log } from '../../compiler/graph/operations/log.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { ce } from '../../runtime/losses/ce.ts';
import { dml1 } from '../../runtime/losses/dml1.ts';
import { dml2 } from '../../runtime/losses/dml2.ts';
import type { LossInputs } from '../../runtime/losses/loss.ts';
import { sdl } from '../../runtime/losses/sdl.ts';

export const losses = { ce, sdl, dml1, dml2 };
export type LossName = keyof typeof losses;
export const isLoss = (name: string): name is LossName => name in losses;

/** A mix of losses as a graph of `x` ([class, batch, pixel]: logits, or probabilities as they are), `labels` and `keep`. */
export function mixOf(
  terms: Readonly<Partial<Record<LossName, number>>>,
  options: Readonly<Record<string, unknown>>,
  shape: readonly number[],
  given: 'logits' | 'probabilities',
  soft = true,
) {
  const builder = new GraphBuilder();
  const x = builder.input('x', shape);
  const outputs = given === 'logits' ? softmax(x, 0) : { probabilities: x, logProbabilities: log(x) };
  const inputs: LossInputs = {
    ...outputs,
    labels: builder.input('labels', shape),
    keep: builder.input('keep', [1, ...shape.slice(1)]),
    height: 1,
    width: shape.at(-1)!,
    soft,
  };
  const parts = Object.entries(terms).map(([name, weight]) =>
    mul(losses[name as LossName](inputs, options), weight),
  );
  return { builder, x, value: parts.reduce(add) as Value };
}
