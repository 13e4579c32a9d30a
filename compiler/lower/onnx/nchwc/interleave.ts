import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';

/** `interleave` as concatenations along axes that are seen between those of a phase: first columns, then rows. */
export function interleave({
  b,
  inputs,
  inputShapes,
  attributes,
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const [rows, columns] = attributes.strides as readonly [number, number];
  const [batch, count, height, width, block] = inputShapes[0] as readonly [
    number,
    number,
    number,
    number,
    number,
  ];
  const lines = batch * count * height;
  const phase = [lines, 1, width, 1, block];
  const joined = Array.from({ length: rows }, (_, row) => {
    const parts = inputs
      .slice(row * columns, (row + 1) * columns)
      .map((input) => b.reshape(input, inputShapes[0]!, phase));
    return parts.length === 1 ? parts[0]! : b.node('Concat', parts, { axis: 3 });
  });
  const full = [lines, rows, width, columns, block];
  return b.reshape(rows === 1 ? joined[0]! : b.node('Concat', joined, { axis: 1 }), full, shape);
}
