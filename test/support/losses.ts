import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import { given, softmax } from '../../compiler/graph/functions/softmax.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import type { LossInputs } from '../../runtime/losses/loss.ts';
import { registry } from '../../runtime/registry.generated.ts';

type Loss = (inputs: LossInputs, options: Readonly<Record<string, unknown>>) => Value;

/** All losses by the name that the language gives them. */
export const losses: Readonly<Record<string, Loss>> = Object.fromEntries(
  await Promise.all(
    Object.values(registry.loss).map(async ({ name, load }) => [name, (await load()) as Loss] as const),
  ),
);

/** What is given of a prediction. */
const predicted = { logits: (x: Value) => softmax(x, 0), probabilities: given };

/** A term of a mix as a test writes it; `x` and `labels` are inputs of the graph. */
export interface TermUnderTest {
  readonly loss: string;
  readonly weight?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly x?: string;
  readonly labels?: string;
  readonly soft?: boolean;
}

/**
 * A mix of losses as a graph of predictions ([class, batch, pixel]: logits, or probabilities as they are), labels and
 * `keep`. Without names it measures `x` against `labels`, which are soft. Several mixes may share a builder, each with
 * a prefix of its own for the names of its inputs.
 */
export function mixOf(
  terms: readonly TermUnderTest[],
  shape: readonly number[],
  kind: keyof typeof predicted,
  { builder = new GraphBuilder(), prefix = '' } = {},
) {
  const input = (name: string, size = shape) => builder.input(`${prefix}${name}`, size);
  const parts = terms.map(({ loss, weight = 1, options = {}, x = 'x', labels = 'labels', soft = true }) => {
    const inputs = {
      ...predicted[kind](input(x)),
      labels: input(labels),
      keep: input('keep', [1, ...shape.slice(1)]),
      height: 1,
      width: shape.at(-1)!,
      soft,
    };
    return mul(losses[loss]!(inputs, options), weight);
  });
  return { value: parts.reduce(add), input };
}
