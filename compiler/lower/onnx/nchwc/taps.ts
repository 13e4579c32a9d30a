import type { Shape } from '../../../graph/graph.ts';
import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';
import { gatherRows, transposeBlocks } from './layout.ts';

/** `selectTaps`: blocks of numbers in another order, transposed in themselves first where the filter is turned. */
export function selectTaps({
  b,
  inputs: [w],
  inputShapes,
  attributes,
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const from = inputShapes[0]!;
  const [outputs, blocks, kh, kw, inputBlock, outputBlock] = from as Six;
  const taps = attributes.taps as readonly number[];
  const order = attributes.turn
    ? orderOf(blocks, outputs, taps, (i, o, tap) => (o * blocks + i) * kh * kw + tap)
    : orderOf(outputs, blocks, taps, (o, i, tap) => (o * blocks + i) * kh * kw + tap);
  const count = outputs * blocks * kh * kw;
  const rows = [count, inputBlock * outputBlock] as const;
  const turned = attributes.turn && inputBlock > 1;
  const numbers = turned
    ? transposeBlocks(b, b.reshape(w!, from, [count, inputBlock, outputBlock]), count, inputBlock)
    : w!;
  const numbersShape: Shape = turned ? [count, inputBlock, outputBlock, 1] : from;
  return b.reshape(gatherRows(b, numbers, numbersShape, rows, order), [order.length, rows[1]], shape);
}

type Six = readonly [number, number, number, number, number, number];

function orderOf(
  outer: number,
  inner: number,
  taps: readonly number[],
  row: (outer: number, inner: number, tap: number) => number,
): readonly number[] {
  const order: number[] = [];
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) for (const tap of taps) order.push(row(o, i, tap));
  return order;
}
