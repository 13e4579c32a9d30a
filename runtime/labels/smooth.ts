import type { LabelContext, LabelMap } from './step.ts';

export interface SmoothOptions {
  /** ε: what is taken from the label and spread over all C classes, its own included. @minimum 0 @maximum 1 */
  epsilon?: number;
}

/**
 * Label smoothing at every pixel: (1 − ε) · y + ε / C.
 *
 * @param labels [class, pixel]
 * @returns the same shape; over classes it sums to 1 if `labels` do
 * @labels soft
 * @gives soft
 * @formula y' = (1 - \varepsilon)\, y + \frac{\varepsilon}{C}
 * @example mask |> smooth(0.1)
 */
export function smooth(
  labels: LabelMap,
  { classes }: LabelContext,
  { epsilon = 0.1 }: SmoothOptions = {},
): LabelMap {
  return labels.map((y) => y * (1 - epsilon) + epsilon / classes);
}
