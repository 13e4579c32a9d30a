import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';

export interface SmoothOptions {
  /** ε: what is taken from the label and spread over all C classes, its own included. @minimum 0 @maximum 1 */
  epsilon?: number;
}

/**
 * Label smoothing at every pixel: (1 − ε) · y + ε / C.
 *
 * @param labels [class, pixel]
 * @returns the same shape; over classes it sums to 1 if `labels` do
 * @takes labels
 * @labels soft
 * @gives soft
 */
export function smooth(labels: Value, { epsilon = 0.1 }: SmoothOptions = {}): Value {
  return add(mul(labels, 1 - epsilon), epsilon / labels.shape[0]!);
}
