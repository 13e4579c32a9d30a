import type { Shape } from '../../graph.ts';
import { add } from '../../operations/add.ts';
import { blockedBiasAdd } from '../../operations/blocked/blocked-bias-add.ts';
import { blockedBiasGradient } from '../../operations/blocked/blocked-bias-gradient.ts';
import { blockedConv2d } from '../../operations/blocked/blocked-conv2d.ts';
import { blockedFilterGradient } from '../../operations/blocked/blocked-filter-gradient.ts';
import { blockedMapTaps } from '../../operations/blocked/blocked-map-taps.ts';
import { selectTaps, selectTapsOperation } from '../../operations/blocked/select-taps.ts';
import { conv2dFilterGradientOperation } from '../../operations/conv2d-filter-gradient.ts';
import { geometryOf } from '../../operations/convolution.ts';
import { sum } from '../../operations/sum.ts';
import { filter, image, plain, vector } from './form.ts';
import { reordered } from './order.ts';
import { Placed } from './placed.ts';
import { imageForm, type LayoutContext, type LayoutRule } from './rule.ts';
import { type TurnableFilter, transposedConvolution } from './transposed-convolution.ts';

const conv2d: LayoutRule = ({ node, inputs: [x, w], block }) => {
  const form = imageForm(x!, block);
  const y = blockedConv2d(x!.as(form), w!.as(filter(form.block, block)), geometryOf(node.attributes));
  return new Placed(node.shape, image(block), y);
};

const conv2dInputGradient: LayoutRule = ({ node, inputs: [dy, w], block }) => {
  const form = imageForm(dy!, block);
  const turnable = turnableFilter(w!, form.block, block);
  const [, height, width] = node.shape as [number, number, number];
  const geometry = geometryOf(node.attributes);
  const dx = transposedConvolution(dy!.as(form), turnable, [height, width], geometry);
  return new Placed(node.shape, image(block), dx);
};

/** A filter that reads images in blocks of `from` where it gave outputs. Equal blocks turn as they lie. */
function turnableFilter(w: Placed, from: number, block: number): TurnableFilter {
  if (from === block) return { value: w.as(filter(block, block)), turn: true };
  const [height, width, inputs, outputs] = w.shape as [number, number, number, number];
  const turned = new Placed([height, width, outputs, inputs], plain, reordered(w.as(plain), [0, 1, 3, 2]));
  return { value: turned.as(filter(from, block)), turn: false };
}

const conv2dFilterGradient: LayoutRule = (context) => {
  const { node, inputs, block } = context;
  const [x, dy] = inputs as [Placed, Placed];
  const from = imageForm(x, block);
  const inPlace = from.block === block && isSimple(context);
  const to = inPlace ? imageForm(dy, block) : image(block);
  const toBlock = to.kind === 'image' ? to.block : 1;
  const exchange = inPlace && block > 1 && (toBlock !== block || copyGradient(context));
  const kernel = node.shape.slice(0, 2) as unknown as readonly [number, number];
  const dw = blockedFilterGradient(x.as(from), dy.as(to), kernel, geometryOf(node.attributes), exchange);
  return new Placed(node.shape, filter(from.block, toBlock), dw);
};

const isSimple = ({ node }: LayoutContext) => {
  const { strides, dilations } = geometryOf(node.attributes);
  return [...strides, ...dilations].every((n) => n === 1);
};

/**
 * One of the two images is copied, padded: the one with fewer channels, and of equal ones the gradient where it is
 * copied anyway (in a U-Net, for the filter of the up-convolution beside this one).
 */
function copyGradient({ node, inputs: [x, dy], users }: LayoutContext): boolean {
  const [from, to] = [x!.shape[3]!, dy!.shape[3]!];
  if (from !== to) return from > to;
  return users(node.inputs[1]!).some(
    (user) => user.operation === conv2dFilterGradientOperation && user.inputs[0] === node.inputs[1],
  );
}

const biasAdd: LayoutRule = ({ node, inputs: [x, bias], block }) => {
  if (x!.home.kind !== 'image') return new Placed(node.shape, plain, add(x!.as(plain), bias!.as(plain)));
  const form = x!.home.block === block ? x!.home : image(block);
  const y = blockedBiasAdd(x!.as(form), bias!.as(vector(block)));
  return new Placed(node.shape, form, y);
};

const biasGradient: LayoutRule = ({ node, inputs: [dy] }) => {
  const { home } = dy!;
  if (home.kind !== 'image') return new Placed(node.shape, plain, sum(dy!.as(plain), [0, 1, 2]));
  return new Placed(node.shape, vector(home.block), blockedBiasGradient(dy!.as(home)));
};

/** Exchanging inputs and outputs comes last, so that it meets, and cancels, the exchange in an image's gradient. */
const mapTaps: LayoutRule = ({ builder, node, inputs: [w] }) => {
  if (w!.home.kind !== 'filter') return undefined;
  const { matrix, taps } = node.attributes as unknown as {
    matrix: readonly number[];
    taps: readonly [number, number];
  };
  const value = w!.as(w!.home);
  const { operation, attributes, inputs } = builder.node(value);
  const turned =
    operation === selectTapsOperation && attributes.turn && isWhole(attributes.taps, value.shape);
  const mapped = turned
    ? exchangedChannels(blockedMapTaps(builder.value(inputs[0]!), matrix, taps))
    : blockedMapTaps(value, matrix, taps);
  return new Placed(node.shape, w!.home, mapped);
};

const isWhole = (taps: unknown, [, , height, width]: Shape) =>
  Array.isArray(taps) && taps.length === height! * width! && taps.every((tap, at) => tap === at);

/** The filter with inputs and outputs exchanged. */
export const exchangedChannels = (w: Placed['value']) => {
  const kernel = [w.shape[2]!, w.shape[3]!] as const;
  const taps = Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => tap);
  return selectTaps(w, { taps, kernel, turn: true });
};

export const convolutionRules: Readonly<Record<string, LayoutRule>> = {
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  biasAdd,
  biasGradient,
  mapTaps,
};
