import type { Graph, Shape, Variable } from '../../graph/graph.ts';
import { size } from '../../graph/shape.ts';

export type Role = Variable['role'];

/** Where a variable lies in the flat vector of its role. Offset and length count numbers. */
export interface Slot {
  readonly variable: Variable;
  readonly offset: number;
  readonly length: number;
}

export interface StateVector {
  readonly role: Role;
  readonly length: number;
  readonly slots: readonly Slot[];
}

/** Names of a state vector in the models: `state.weight` goes in, `next.weight` comes out. */
export const stateInput = (role: Role) => `state.${role}`;
export const stateOutput = (role: Role) => `next.${role}`;

export const storedShape = (variable: Variable): Shape => variable.storage?.shape ?? variable.shape;

const roles = ['weight', 'optimizer', 'statistic'] as const satisfies readonly Role[];

/**
 * One vector for all weights, one for the optimizer's state, one for statistics: handing 60 tensors to ONNX Runtime
 * and back costs 0.7 ms a step, two vectors next to nothing. The layout depends on the variables alone, so all
 * functions of a graph share it.
 */
export function stateLayout(graph: Graph): readonly StateVector[] {
  return roles
    .map((role) => {
      let length = 0;
      const slots = graph.variables
        .filter((variable) => variable.role === role)
        .map((variable) => {
          const slot = { variable, offset: length, length: size(storedShape(variable)) };
          length += slot.length;
          return slot;
        });
      return { role, length, slots };
    })
    .filter(({ length }) => length > 0);
}
