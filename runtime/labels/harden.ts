import type { LabelContext, LabelMap } from './step.ts';

/**
 * The most likely class of each pixel, as a hard label; of equal ones the lower class.
 *
 * @param labels [class, pixel]
 * @returns one-hot [class, pixel]
 * @labels soft
 * @gives hard
 * @formula y'_c = \left[c = \min \operatorname{arg\,max}_k y_k\right]
 * @example raters |> average |> harden
 */
export function harden(labels: LabelMap, { classes }: Pick<LabelContext, 'classes'>): LabelMap {
  const pixels = labels.length / classes;
  const hard = new Float64Array(labels.length);
  for (let i = 0; i < pixels; i++) {
    let best = i;
    for (let at = i + pixels; at < labels.length; at += pixels) if (labels[at]! > labels[best]!) best = at;
    hard[best] = 1;
  }
  return hard;
}
