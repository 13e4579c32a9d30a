import type { Graph, Shape, Variable } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';
import { type Family, updateFamilies } from './updates.ts';

/** Where a variable lies in its vector. Offset and length count numbers. */
export interface Slot {
  readonly variable: Variable;
  readonly offset: number;
  readonly length: number;
}

/** Variables that are handed over as one vector, one after the other. */
export interface StateVector {
  readonly name: string;
  readonly length: number;
  readonly slots: readonly Slot[];
}

/** Names of a state vector in the models: `state.weight` goes in, `next.weight` comes out. */
export const stateInput = ({ name }: StateVector) => `state.${name}`;
export const stateOutput = ({ name }: StateVector) => `next.${name}`;

export const storedShape = (variable: Variable): Shape => variable.storage?.shape ?? variable.shape;

/**
 * The state as a few flat vectors, which all functions of the graph share: variables whose updates do the same lie
 * together, so that the optimizer is a handful of operations on long vectors, whose result is the new state. Handing
 * 60 tensors to ONNX Runtime and back would cost 0.7 ms a step, and their updates some 200 operations.
 */
export function stateLayout(graph: Graph): readonly StateVector[] {
  const variables = new Map(graph.variables.map((variable) => [variable.name, variable]));
  const updating = Object.keys(graph.functions).filter(
    (name) => Object.keys(graph.functions[name]!.updates).length > 0,
  );
  if (updating.length > 1) throw new Error(`more than one function updates variables: ${updating}`);
  const groups = updating.flatMap((name) => stackedVariables(updateFamilies(graph, name)));
  const updated = new Set(groups.flat());
  const others = graph.variables.map(({ name }) => name).filter((name) => !updated.has(name));
  const counts = new Map<string, number>();
  return [...groups, ...others.map((name) => [name])].map((names) => {
    const { role } = variables.get(names[0]!)!;
    const count = counts.get(role) ?? 0;
    counts.set(role, count + 1);
    return stateVector(
      count === 0 ? role : `${role}.${count}`,
      names.map((name) => variables.get(name)!),
    );
  });
}

/** For each kind of family and each place in it, the variables of all families. */
function stackedVariables(families: readonly Family[]): readonly (readonly string[])[] {
  return [...byKey(families).values()].flatMap((group) =>
    group[0]!.variables.map((_, place) => group.map(({ variables }) => variables[place]!)),
  );
}

export function byKey(families: readonly Family[]): ReadonlyMap<string, readonly Family[]> {
  const groups = new Map<string, Family[]>();
  for (const family of families) groups.set(family.key, [...(groups.get(family.key) ?? []), family]);
  return groups;
}

function stateVector(name: string, variables: readonly Variable[]): StateVector {
  let length = 0;
  const slots = variables.map((variable) => {
    const slot = { variable, offset: length, length: size(storedShape(variable)) };
    length += slot.length;
    return slot;
  });
  return { name, length, slots };
}
