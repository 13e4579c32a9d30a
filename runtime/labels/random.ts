import type { LabelContext, LabelMap } from './step.ts';

/**
 * The mask of one rater, drawn anew for every case in every epoch, each rater as likely as the others. The draw comes
 * from seed, case and epoch alone: neither the order of the cases nor the batch changes it.
 *
 * @param raters [class, pixel] each
 * @returns [class, pixel]
 * @labels soft
 * @gives same
 * @random
 * @formula y = m_k, \quad k \sim \mathcal{U}\{1, \dots, R\}
 * @example raters |> random
 * @source the paper names a random rater as a hard-label baseline; how often it is drawn was not found
 */
export function random(raters: readonly LabelMap[], context: LabelContext): LabelMap {
  return raters[context.random.integer(raters.length)]!;
}
