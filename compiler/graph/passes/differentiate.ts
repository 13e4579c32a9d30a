import { gradients } from '../autodiff.ts';
import { GraphBuilder, type Value } from '../builder.ts';
import type { Graph, Shape, Variable } from '../graph.ts';
import { rewrite } from './rewrite.ts';

/** What an optimizer makes of one weight: its next value, and the next values of state that it keeps beside it. */
export type Update = (context: {
  readonly weight: Value;
  readonly gradient: Value;
  /** Learning rate of this step, [1]. */
  readonly rate: Value;
  readonly variable: Variable;
  /** Declares a variable of the optimizer, in the shape of the weight, 0 at the start; returns its value before the step. */
  readonly state: (name: string) => Value;
  /** The same for one number, [1], that all weights have in common. */
  readonly shared: (name: string) => Value;
}) => {
  readonly weight: Value;
  readonly state?: Readonly<Record<string, Value>>;
  /** Equal for all weights. */
  readonly shared?: Readonly<Record<string, Value>>;
};

/** Adds the backward pass of `train` and the update of every weight by reverse-mode differentiation of its `loss`. */
export const differentiate =
  (update: Update) =>
  (graph: Graph): Graph => {
    const { builder, train } = reopen(graph);
    const weights = graph.variables.filter(({ role }) => role === 'weight');
    const values = weights.map((variable) => builder.variable(variable));
    const rate = builder.input('rate', [1]);
    const updates: Record<string, Value> = { ...train.updates };
    for (const [i, gradient] of gradients(train.outputs.loss!, values).entries()) {
      const variable = weights[i]!;
      const stateName = (name: string) => `${name}/${variable.name}`;
      const state = (name: string) => zeros(builder, stateName(name), variable.shape);
      const shared = (name: string) => zeros(builder, sharedName(name), [1]);
      const next = update({ weight: values[i]!, gradient, rate, variable, state, shared });
      updates[variable.name] = next.weight;
      for (const [name, value] of Object.entries(next.state ?? {})) updates[stateName(name)] = value;
      for (const [name, value] of Object.entries(next.shared ?? {})) updates[sharedName(name)] = value;
    }
    builder.define('train', train.outputs, updates);
    return builder.build();
  };

const sharedName = (name: string) => `${name}/all`;

const zeros = (builder: GraphBuilder, name: string, shape: Shape): Value =>
  builder.variable({ name, shape, role: 'optimizer', initial: { kind: 'fill', value: 0 } });

/** The graph in a builder again, with the values of its function `train`. */
function reopen(graph: Graph) {
  const clean = rewrite(graph, () => undefined);
  const builder = new GraphBuilder();
  for (const variable of clean.variables) builder.variables.set(variable.name, variable);
  for (const { operation, inputs, attributes } of clean.nodes)
    builder.emit(
      operation,
      inputs.map((id) => builder.value(id)),
      attributes,
    );
  const valuesOf = (ids: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, builder.value(id)]));
  for (const [name, { outputs, updates }] of Object.entries(clean.functions))
    builder.define(name, valuesOf(outputs), valuesOf(updates));
  const { outputs, updates } = builder.functions.train!;
  return { builder, train: { outputs: valuesOf(outputs), updates: valuesOf(updates) } };
}
