import { estimateRaters } from './staple/estimate.ts';
import type { LabelContext, LabelMap } from './step.ts';

/**
 * STAPLE: the probability of each class, given what all raters say and how good each of them is on this case. Truth
 * and one confusion matrix a rater are estimated together, by expectation maximisation on the kept pixels from
 * matrices with 0.99999 on the diagonal, with the share of each class in all masks as the prior, until no entry
 * changes by more than 1e-8, at most 1,000 rounds. It is near 0 or 1 where the raters are many; for shares that keep
 * their disagreement take `average(weights: staple)`.
 *
 * @param raters one-hot [class, pixel] each
 * @returns [class, pixel]; over classes it sums to 1
 * @throws LabelError for masks that are not hard
 * @labels hard
 * @gives soft
 * @formula y_c = \frac{\pi_c \prod_r \theta_r(m_r \mid c)}{\sum_k \pi_k \prod_r \theta_r(m_r \mid k)}
 * @example raters |> staple
 * @source Warfield, Zou, Wells, Simultaneous truth and performance level estimation (STAPLE), IEEE TMI 23(7), 2004; learned weights are left open by the paper, and this is the project's choice
 */
export function staple(raters: readonly LabelMap[], context: LabelContext): LabelMap {
  const { posterior, patterns } = estimateRaters(raters, context);
  const pixels = patterns.of.length;
  const labels = new Float64Array(context.classes * pixels);
  for (let c = 0; c < context.classes; c++)
    for (let i = 0; i < pixels; i++) labels[c * pixels + i] = posterior[patterns.of[i]!]![c]!;
  return labels;
}
