import type { Value } from '../../builder.ts';
import type { Attributes, Shape } from '../../graph.ts';
import type { Operation } from '../../operation.ts';
import { constantOperation } from '../../operations/leaves.ts';
import { reshape } from '../../operations/reshape.ts';
import { equal, size } from '../../shape.ts';
import { type Form, image, isPadded, plain, sameForm, storedShape, vector } from './form.ts';
import { Placed } from './placed.ts';
import type { LayoutRule } from './rule.ts';

/** An operand in the form of the others, and what its padding holds. */
interface Operand {
  readonly value: Value;
  /** `undefined`: one number that is not known. */
  readonly padding: number | undefined;
}

/**
 * A pointwise operation works in whatever form its operands have. The numbers in the padding go through it too, so it
 * is followed what they become: where that is unknown (rate + 0) or no number (0 / 0), the plain form is taken.
 */
export const pointwiseRule: LayoutRule = ({ node, inputs }) => {
  const { operation, shape, attributes } = node;
  const full = inputs.filter((input) => equal(input.shape, shape));
  const form = full.map(({ home }) => home).find(({ kind }) => kind !== 'plain');
  if (!form) return undefined;
  const operands = inputs.map((input) => operand(input, shape, form));
  if (!operands.every((value) => value !== undefined)) return undefined;
  const padding = isPadded(shape, form) ? paddingOf(operation, attributes, operands) : 0;
  if (padding === undefined) return undefined;
  const values = operands.map(({ value }) => value);
  return new Placed(shape, form, values[0]!.builder.emit(operation, values, attributes), padding);
};

function operand(input: Placed, shape: Shape, form: Form): Operand | undefined {
  if (equal(input.shape, shape)) {
    const asItIs = sameForm(input.home, form);
    return asItIs ? { value: input.value, padding: input.padding } : { value: input.as(form), padding: 0 };
  }
  if (size(input.shape) === 1) {
    const value = input.as(plain);
    const rank = Math.min(value.shape.length, storedShape(shape, form).length);
    const narrowed = value.shape.length > rank ? reshape(value, value.shape.slice(0, rank)) : value;
    return { value: narrowed, padding: known(value) };
  }
  return channelOperand(input, shape, form);
}

/** One number a channel, [C] or [1, 1, 1, C], beside an image. */
function channelOperand(input: Placed, shape: Shape, form: Form): Operand | undefined {
  const channels = input.shape.at(-1);
  const onlyChannels = size(input.shape) === channels && channels === shape[3];
  if (form.kind !== 'image' || !onlyChannels) return undefined;
  const flat =
    input.shape.length === 1 ? input : new Placed([channels], plain, reshape(input.as(plain), [channels]));
  const [, count, , , block] = storedShape(shape, image(form.block)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { value: reshape(flat.as(vector(form.block)), [1, count, 1, 1, block]), padding: 0 };
}

function known(value: Value): number | undefined {
  const { operation, attributes } = value.builder.node(value);
  return operation === constantOperation ? (attributes.data as Float64Array)[0] : undefined;
}

/** What the operation makes of the padding, if that is the same number whatever the unknown operands are. */
function paddingOf(
  operation: Operation,
  attributes: Attributes,
  operands: readonly Operand[],
): number | undefined {
  const results = [0.37, 1.9].map((unknown) => {
    const tensors = operands.map(({ padding }) => ({
      shape: [1],
      data: Float64Array.of(padding ?? unknown),
    }));
    const out = { shape: [1], data: new Float64Array(1) };
    operation.lower.reference(tensors, attributes, out);
    return out.data[0]!;
  });
  return Number.isFinite(results[0]) && results[0] === results[1] ? results[0] : undefined;
}
