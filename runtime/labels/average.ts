import { diceWithMajority } from './dice-with-majority.ts';
import { estimateRaters, informedness } from './staple/estimate.ts';
import { type LabelContext, LabelError, type LabelMap } from './step.ts';

export interface AverageOptions {
  /**
   * How much each rater counts; divided by their sum, so that [1, 1, 2] are 25 %, 25 % and 50 %. `equal`: all alike.
   * `dice`: by the Dice score with the majority, for each case anew. `staple`: learned, by the informedness of the
   * rater that STAPLE estimates on the case (sensitivity + specificity − 1 for two classes, 0 for one who guesses).
   * A list: one number of at least 0 a rater, in their order.
   * @each rater
   */
  weights?: 'equal' | 'dice' | 'staple' | readonly number[];
}

/**
 * Share of the raters that chose each class, or their weighted mean. Of `dice`: two masks without the class agree
 * fully, of several classes it is the mean over all but the background, and a rater with a score of 0 counts fully,
 * as in the official code.
 *
 * That the weights be learned is the open question of the paper; `staple` is this project's answer, not the paper's.
 *
 * @param raters [class, pixel] each
 * @returns [class, pixel]; over classes it sums to 1 if those of every rater do
 * @throws LabelError for a list of another length than there are raters
 * @labels soft
 * @gives soft
 * @formula y = \frac{\sum_{r=1}^{R} w_r\, m_r}{\sum_{r=1}^{R} w_r}
 * @example raters |> average(weights: dice)
 * @source official code of the Dice semimetric losses (`equal`, `dice`); Warfield, Zou, Wells 2004 (`staple`)
 */
export function average(
  raters: readonly LabelMap[],
  context: LabelContext,
  { weights = 'equal' }: AverageOptions = {},
): LabelMap {
  const each = typeof weights === 'string' ? weightings[weights](raters, context) : given(weights, raters);
  const total = each.reduce((sum, weight) => sum + weight, 0);
  return raters[0]!.map((_, i) => {
    let sum = 0;
    for (let r = 0; r < raters.length; r++) sum += each[r]! * raters[r]![i]!;
    // Divided at the end: 7 raters of 10 give 0.7 exactly, which a metric may compare with 0.7, and all of them 1.
    return sum / total;
  });
}

type Weighting = (raters: readonly LabelMap[], context: LabelContext) => readonly number[];

const equal: Weighting = (raters) => raters.map(() => 1);

const weightings: Readonly<Record<'equal' | 'dice' | 'staple', Weighting>> = {
  equal,
  dice: diceWithMajority,
  staple(raters, context) {
    const weights = informedness(estimateRaters(raters, context));
    return weights.some((weight) => weight > 0) ? weights : equal(raters, context);
  },
};

function given(weights: readonly number[], raters: readonly LabelMap[]): readonly number[] {
  if (weights.length !== raters.length)
    throw new LabelError(
      `${weights.length} weights are given, and the case has ${raters.length} raters.`,
      'Give one weight a rater, in their order.',
    );
  if (!weights.every((weight) => weight >= 0) || !weights.some((weight) => weight > 0))
    throw new LabelError(
      `the weights are [${weights.join(', ')}].`,
      'Give weights of at least 0, one of them above 0.',
    );
  return weights;
}
