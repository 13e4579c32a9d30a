import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';
import { declaredImage, NCHWC } from './layout.ts';

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
  const [planes, rows, columns] = [batch * count, height / 2, width / 2];
  const small = [batch, count, rows, columns, block];
  const pixels = [planes, rows * columns, block];
  const maximum = b.reshape(y!, small, pixels);
  const image = b.reshape(x!, full!, [planes, height * width, block]);
  const shares: string[] = [];
  let rest = b.reshape(dy!, small, pixels);
  for (const phase of [0, 1, 2]) {
    const candidate = b.node('Gather', [image, b.ints(pixelsOfPhase(rows, columns, phase))], { axis: 1 });
    const distance = b.node('Sub', [candidate, maximum]);
    const isMaximum = b.node('HardSigmoid', [distance], { alpha: { float: 1e38 }, beta: { float: 1 } });
    const share = b.node('Mul', [isMaximum, rest]);
    shares.push(share);
    rest = b.node('Sub', [rest, share]);
  }
  const phases = b.node('Concat', [...shares, rest], { axis: 1 });
  const gradient = b.node('Gather', [phases, b.ints(pixelsFromPhases(rows, columns))], { axis: 1 });
  return b.reshape(gradient, [planes, height * width, block], shape);
}

/** Pixels of the large image that are at place `phase` of each window. */
function pixelsOfPhase(rows: number, columns: number, phase: number): readonly number[] {
  const order: number[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) order.push(((2 * y + (phase >> 1)) * columns + x) * 2 + (phase & 1));
  return order;
}

/** For each pixel of the large image its place among the phases put one after the other. */
function pixelsFromPhases(rows: number, columns: number): readonly number[] {
  const order: number[] = [];
  for (let y = 0; y < rows; y++)
    for (let i = 0; i < 2; i++)
      for (let x = 0; x < columns; x++)
        for (let j = 0; j < 2; j++) order.push(((2 * i + j) * rows + y) * columns + x);
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
