import type { GraphBuilder, Value } from '../builder.ts';
import { addOperation } from '../operations/add.ts';
import { broadcast, broadcastOperation } from '../operations/broadcast.ts';
import { concat, concatOperation } from '../operations/concat.ts';
import { constantOperation } from '../operations/leaves.ts';
import { equal } from '../shape.ts';
import type { Rule } from './rewrite.ts';

/** A part of a concatenation: what lies from `from` to `to`; zeros where there is no value. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly value: Value | undefined;
}

/**
 * The gradients of slices that do not overlap are padded with zeros and added; put together they need neither. So a
 * filter that was cut in two before a concatenation gets its gradient without a copy of zeros.
 */
export const joinPadded: Rule = ({ builder, node, inputs }) => {
  if (node.operation !== addOperation || !inputs.every((input) => equal(input.shape, node.shape)))
    return undefined;
  const [x, y] = inputs.map((input) => builder.node(input));
  const axis = x!.attributes.axis as number;
  const joined =
    x!.operation === concatOperation && y!.operation === concatOperation && axis === y!.attributes.axis;
  if (!joined) return undefined;
  const [one, other] = [partsOf(builder, x!.inputs, axis), partsOf(builder, y!.inputs, axis)];
  const filled = [...one, ...other].filter(({ value }) => value).sort((a, b) => a.from - b.from);
  if (filled.some((part, i) => i > 0 && part.from < filled[i - 1]!.to)) return undefined;
  const pieces: Value[] = [];
  let end = 0;
  const zeros = (to: number) => {
    const shape = node.shape.map((n, a) => (a === axis ? to - end : n));
    if (to > end) pieces.push(broadcast(builder.constant(0), shape));
  };
  for (const { from, to, value } of filled) {
    zeros(from);
    pieces.push(value!);
    end = to;
  }
  zeros(node.shape[axis]!);
  return concat(pieces, axis);
};

function partsOf(builder: GraphBuilder, inputs: readonly number[], axis: number): readonly Part[] {
  let from = 0;
  return inputs.map((id) => {
    const value = builder.value(id);
    const to = from + value.shape[axis]!;
    const part = { from, to, value: isZero(builder, value) ? undefined : value };
    from = to;
    return part;
  });
}

function isZero(builder: GraphBuilder, value: Value): boolean {
  const { operation, inputs, attributes } = builder.node(value);
  if (operation === broadcastOperation) return isZero(builder, builder.value(inputs[0]!));
  return operation === constantOperation && (attributes.data as Float64Array).every((x) => x === 0);
}
