import type { LoweringContext } from '../../../graph/operation.ts';
import type { OnnxBuilder } from '../builder.ts';

type Six = readonly [number, number, number, number, number, number];

/**
 * `selectTaps` with blocks of 1: the taps are the fastest axis, where a Gather would move single numbers; a product
 * with zeros and ones is faster.
 */
export function selectPlainTaps({
  b,
  inputs: [w],
  inputShapes,
  attributes,
  shape,
}: LoweringContext<OnnxBuilder>): string {
  const [outputs, inputs, kh, kw] = inputShapes[0] as Six;
  const taps = attributes.taps as readonly number[];
  const count = kh * kw;
  const flat = b.reshape(w!, inputShapes[0]!, [outputs, inputs, count]);
  const turned = attributes.turn ? b.node('Transpose', [flat], { perm: [1, 0, 2] }) : flat;
  if (taps.length === count && taps.every((tap, at) => tap === at))
    return b.reshape(turned, [shape[0]!, shape[1]!, count], shape);
  const choice = new Float32Array(count * taps.length);
  for (const [at, tap] of taps.entries()) choice[tap * taps.length + at] = 1;
  const chosen = b.node('MatMul', [
    b.reshape(turned, [shape[0]!, shape[1]!, count], [outputs * inputs, count]),
    b.constant(choice, [count, taps.length]),
  ]);
  return b.reshape(chosen, [outputs * inputs, taps.length], shape);
}
