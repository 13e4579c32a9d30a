import type { Value } from '../../builder.ts';
import type { Shape } from '../../graph.ts';
import { blockedBiasGradient } from '../../operations/blocked/blocked-bias-gradient.ts';
import { blockedMaxPool2d } from '../../operations/blocked/blocked-max-pool2d.ts';
import { blockedMaxPool2dGradient } from '../../operations/blocked/blocked-max-pool2d-gradient.ts';
import { blockedUpsampleNearest } from '../../operations/blocked/blocked-upsample-nearest.ts';
import { blockedUpsampleNearestGradient } from '../../operations/blocked/blocked-upsample-nearest-gradient.ts';
import { concat } from '../../operations/concat.ts';
import { reshape } from '../../operations/reshape.ts';
import { slice } from '../../operations/slice.ts';
import { equal } from '../../shape.ts';
import { exchangedChannels } from './convolution-rules.ts';
import { type Form, fits, image, plain, storedShape, vector } from './form.ts';
import { reordered } from './order.ts';
import { Placed } from './placed.ts';
import { imageForm, type LayoutRule } from './rule.ts';

const spatial =
  (emit: (x: Value) => Value): LayoutRule =>
  ({ node, inputs: [x], block }) => {
    const form = imageForm(x!, block);
    return new Placed(node.shape, form, emit(x!.as(form)));
  };

/** The blocked gradient wants whole windows; NCHW takes an odd last row or column too. */
const maxPool2dGradient: LayoutRule = ({ node, inputs: [x, y, dy], block }) => {
  const even = x!.shape[1]! % 2 === 0 && x!.shape[2]! % 2 === 0;
  const form = even ? imageForm(x!, block) : image(1);
  const dx = blockedMaxPool2dGradient(x!.as(form), y!.as(form), dy!.as(form));
  return new Placed(node.shape, form, dx);
};

/** Where a logical axis of an image or a filter lies in its blocked form, and in what blocks. */
function axisOf(form: Form, axis: number): { readonly axis: number; readonly block: number } | undefined {
  if (form.kind === 'image') return { axis: [0, 2, 3, 1][axis]!, block: axis === 3 ? form.block : 1 };
  if (form.kind !== 'filter') return undefined;
  const block = [1, 1, form.inputBlock, form.outputBlock][axis]!;
  return { axis: [2, 3, 1, 0][axis]!, block };
}

/** The blocked form that is common among these values, of those they have. */
const commonForm = (inputs: readonly Placed[], shape: Shape): Form | undefined =>
  inputs.map(({ home }) => home).find((home) => home.kind !== 'plain' && fits(shape, home));

/** Whole blocks stay together; other images are put together as NCHW, other filters as they are logically. */
const concatRule: LayoutRule = ({ node, inputs }) => {
  const axis = node.attributes.axis as number;
  const form = commonForm(inputs, node.shape);
  if (!form) return undefined;
  const place = axisOf(form, axis);
  if (!place) return undefined;
  const whole = inputs.slice(0, -1).every(({ shape }) => shape[axis]! % place.block === 0);
  if (!whole && form.kind !== 'image') return undefined;
  const common = whole ? form : image(1);
  const values = inputs.map((input) => input.as(common));
  return new Placed(node.shape, common, concat(values, place.axis));
};

const sliceRule: LayoutRule = ({ node, inputs: [x] }) => {
  const begin = node.attributes.begin as readonly number[];
  const cut = (form: Form): Placed => {
    const from = x!.as(form);
    const start = from.shape.map(() => 0);
    for (const [axis, at] of begin.entries()) {
      const place = axisOf(form, axis)!;
      start[place.axis] = at / place.block;
    }
    return new Placed(node.shape, form, slice(from, start, storedShape(node.shape, form)));
  };
  const { home } = x!;
  if (home.kind !== 'image' && home.kind !== 'filter') return undefined;
  const whole = begin.every((at, axis) => {
    const { block } = axisOf(home, axis)!;
    const end = at + node.shape[axis]!;
    return at % block === 0 && (end % block === 0 || end === x!.shape[axis]);
  });
  if (whole) return cut(home);
  return home.kind === 'image' ? cut(image(1)) : undefined;
};

/** A filter with inputs and outputs exchanged stays packed; an image is transposed from NCHW, in one step. */
const transposeRule: LayoutRule = ({ node, inputs: [x] }) => {
  const order = node.attributes.order as readonly number[];
  const { home } = x!;
  if (home.kind === 'plain') return new Placed(node.shape, plain, reordered(x!.value, order));
  if (home.kind === 'filter' && equal(order, [0, 1, 3, 2]) && home.inputBlock === home.outputBlock)
    return new Placed(node.shape, home, exchangedChannels(x!.as(home)));
  if (home.kind !== 'image') return undefined;
  const nchw = x!.as(image(1));
  const planes = reshape(nchw, nchw.shape.slice(0, 4));
  const value = reordered(
    planes,
    order.map((axis) => [0, 2, 3, 1][axis]!),
  );
  return new Placed(node.shape, plain, value);
};

/** Σ over batch, height and width is what the gradient of a bias is. */
const sumRule: LayoutRule = ({ node, inputs: [x] }) => {
  const { home } = x!;
  if (home.kind !== 'image' || !equal(node.attributes.axes as Shape, [0, 1, 2])) return undefined;
  const sums = new Placed([x!.shape[3]!], vector(home.block), blockedBiasGradient(x!.as(home)));
  return new Placed(node.shape, plain, reshape(sums.as(plain), node.shape));
};

export const imageRules: Readonly<Record<string, LayoutRule>> = {
  maxPool2d: spatial(blockedMaxPool2d),
  maxPool2dGradient,
  upsampleNearest: spatial(blockedUpsampleNearest),
  upsampleNearestGradient: spatial(blockedUpsampleNearestGradient),
  concat: concatRule,
  slice: sliceRule,
  transpose: transposeRule,
  sum: sumRule,
};
