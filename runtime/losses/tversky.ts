import type { Value } from '../../compiler/graph/builder.ts';
import type { LossInputs } from './loss.ts';
import { overlap } from './overlap-ratio.ts';
import { type TverskyFormOptions, tverskyForm } from './tversky-form.ts';

export interface TverskyOptions extends TverskyFormOptions {
  /**
   * Weight of false positives, Σ(x − y)₊: what is predicted above the label.
   * @minimum 0
   */
  readonly fp: number;
  /**
   * Weight of false negatives, Σ(y − x)₊: what is predicted below the label.
   * @minimum 0
   */
  readonly fn: number;
}

/**
 * Tversky loss in the form that bears soft labels: 1 − (TP + s) / (TP + fp · FP + fn · FN + s) with TP = Σ min(x, y),
 * FP = Σ(x − y)₊, FN = Σ(y − x)₊. Weights of 0.5 and 0.5 are `dml1`, 1 and 1 `jml1`. Where both are above 0 it is zero
 * at the label and nowhere else. With `norm: 2` and unequal weights FP or FN can be below 0: the loss is then negative
 * somewhere, and not lowest at the label.
 *
 * @returns one number, with `norm: 1` in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\mathrm{TP} + s}{\mathrm{TP} + \mathrm{fp} \cdot \mathrm{FP} + \mathrm{fn} \cdot \mathrm{FN} + s}
 * @example tversky(fp: 0.3, fn: 0.7)
 * @source Salehi et al., Tversky Loss Function, MLMI 2017; the compatible form: Wang et al., official code of Dice Semimetric Losses
 */
export function tversky(inputs: LossInputs, { fp, fn, norm = 1, ...options }: TverskyOptions): Value {
  return overlap(inputs, options, tverskyForm(fp, fn, norm));
}
