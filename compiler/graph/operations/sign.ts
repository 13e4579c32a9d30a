import type { Value } from '../builder.ts';
import { unary } from './elementwise.ts';

export const signOperation = unary({
  name: 'sign',
  doc: '−1, 0 or 1; no gradient',
  compute: Math.sign,
  vjp: () => [undefined],
  onnx: 'Sign',
  tensorflow: 'Sign',
});

/** −1, 0 or 1; no gradient, elementwise. */
export const sign = (x: Value): Value => x.builder.emit(signOperation, [x]);
