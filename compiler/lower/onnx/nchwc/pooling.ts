import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';
import { declaredImage, gatherRows, NCHWC } from './layout.ts';

const window = { kernel_shape: [2, 2], strides: [2, 2] };

export function maxPool({
  b,
  inputs: [x],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const y = b.node('MaxPool', [b.reshape(x!, from!, declaredImage(from!))], window, NCHWC);
  return b.reshape(y, declaredImage(shape), shape);
}

/**
 * The gradient goes to the first maximum of a window, row-major: the four pixels of the windows take what is left of it
 * one after the other. A ramp that saturates at once, clamp(10³⁸ · (x − y) + 1), is 1 at a maximum and else 0; Equal and
 * Where are several times slower. Height and width must be even.
 */
export function maxPoolGradient({
  b,
  inputs: [x, y, dy],
  inputShapes: [full],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const [batch, count, height, width, block] = full as readonly [number, number, number, number, number];
  const small = [batch, count, height / 2, width / 2, block];
  const lines = (batch * count * height) / 2;
  const rows = [lines * (width / 2), block] as const;
  const maximum = b.reshape(y!, small, rows);
  const shares: string[] = [];
  let rest = b.reshape(dy!, small, rows);
  for (const phase of [0, 1, 2]) {
    const pixels = gatherRows(b, x!, full!, [4 * rows[0], block], rowsOfPhase(lines, width / 2, phase));
    const distance = b.node('Sub', [pixels, maximum]);
    const isMaximum = b.node('HardSigmoid', [distance], { alpha: { float: 1e38 }, beta: { float: 1 } });
    const share = b.node('Mul', [isMaximum, rest]);
    shares.push(share);
    rest = b.node('Sub', [rest, share]);
  }
  const phases = b.node('Concat', [...shares, rest], { axis: 0 });
  const all = [4 * rows[0], block] as const;
  return b.reshape(gatherRows(b, phases, all, all, rowsFromPhases(lines, width / 2)), all, shape);
}

/** Rows of channels of the large image that are pixel `phase` of each window. */
function rowsOfPhase(lines: number, width: number, phase: number): readonly number[] {
  const order: number[] = [];
  for (let line = 0; line < lines; line++)
    for (let x = 0; x < width; x++) order.push(((line * 2 + (phase >> 1)) * width + x) * 2 + (phase & 1));
  return order;
}

/** For each row of channels of the large image its place among the phases put one after the other. */
function rowsFromPhases(lines: number, width: number): readonly number[] {
  const order: number[] = [];
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < 2; i++)
      for (let x = 0; x < width; x++)
        for (let j = 0; j < 2; j++) order.push(((i * 2 + j) * lines + line) * width + x);
  return order;
}

export function upsample({
  b,
  inputs: [x],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const y = b.node('Upsample', [b.reshape(x!, from!, declaredImage(from!))], { scales: [1, 1, 2, 2] }, NCHWC);
  return b.reshape(y, declaredImage(shape), shape);
}

/** Four times the average of each window. */
export function upsampleGradient({
  b,
  inputs: [dy],
  inputShapes: [from],
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const mean = b.node('AveragePool', [b.reshape(dy!, from!, declaredImage(from!))], window, NCHWC);
  return b.reshape(b.node('Mul', [mean, b.constant([4], [])]), declaredImage(shape), shape);
}
