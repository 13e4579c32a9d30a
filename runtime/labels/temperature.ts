import { type LabelContext, LabelError, type LabelMap } from './step.ts';

export interface TemperatureOptions {
  /**
   * T: above 1 softens, below 1 sharpens. `fitted` takes that of the lowest negative log-likelihood on the teacher's
   * validation cases, of the same fold. @exclusiveMinimum 0
   */
  T: number | 'fitted';
}

/**
 * Temperature scaling of probabilities: softmax(log p / T), which is softmax(logits / T) where p is softmax(logits).
 * A class of probability 0 keeps it.
 *
 * @param labels probabilities [class, pixel]
 * @returns the same shape; over classes it sums to 1
 * @throws LabelError for `fitted`, which a run replaces by a number before it makes labels
 * @labels soft
 * @gives soft
 * @formula y_c = \frac{p_c^{1/T}}{\sum_k p_k^{1/T}}
 * @example teacher |> temperature(2)
 * @source Guo et al., On Calibration of Modern Neural Networks, ICML 2017
 */
export function temperature(
  labels: LabelMap,
  { classes }: Pick<LabelContext, 'classes'>,
  { T }: TemperatureOptions,
): LabelMap {
  if (T === 'fitted')
    throw new LabelError(
      'T is fitted on the validation cases of a teacher, and here there are none.',
      'Give a number: `temperature(2)`.',
    );
  const pixels = labels.length / classes;
  const out = new Float64Array(labels.length);
  for (let i = 0; i < pixels; i++) {
    let highest = 0;
    for (let at = i; at < labels.length; at += pixels) highest = Math.max(highest, labels[at]!);
    // A row of zeros stays one.
    if (highest === 0) continue;
    let sum = 0;
    for (let at = i; at < labels.length; at += pixels) {
      // Of the ratio to the highest, so that not all of them vanish.
      out[at] = Math.exp(Math.log(labels[at]! / highest) / T);
      sum += out[at]!;
    }
    for (let at = i; at < labels.length; at += pixels) out[at]! /= sum;
  }
  return out;
}
