import { type LabelContext, LabelError, type LabelMap } from './step.ts';

export interface OneOptions {
  /** Which rater, counted from 1. @integer @minimum 1 */
  rater: number;
}

/**
 * The mask of one rater.
 *
 * @param raters [class, pixel] each
 * @returns [class, pixel]
 * @throws LabelError where there are fewer raters
 * @labels soft
 * @gives same
 * @formula y = m_k
 * @example raters |> one(2)
 */
export function one(raters: readonly LabelMap[], _: LabelContext, { rater }: OneOptions): LabelMap {
  const mask = raters[rater - 1];
  if (!mask)
    throw new LabelError(
      `there is no rater ${rater}, the case has ${raters.length}.`,
      `Name one of 1 to ${raters.length}; raters count from 1.`,
    );
  return mask;
}
