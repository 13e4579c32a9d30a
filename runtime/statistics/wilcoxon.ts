import { holm } from './multiplicity.ts';
import { type Contrast, type Inference, type Over, observations } from './paired.ts';
import { signedRank, type Zeros } from './signed-rank.ts';

export interface WilcoxonOptions {
  /**
   * What is ranked: the differences of `cases`, each the mean over the runs that are scored on it, or those of whole `runs`.
   */
  over?: Over;
  /** Of the p-values, for being as many as the table has comparisons: `holm`, or `none`. */
  correction?: 'holm' | 'none';
  /** Differences of 0: left out before ranks are given (`wilcoxon`), or ranked and then left out (`pratt`). */
  zeros?: Zeros;
}

/**
 * Wilcoxon's signed-rank test: whether the differences to the baseline lie around 0, as a two-sided p-value. Pairs are of
 * equal fold and seed. Exact for up to 50 pairs without ties and zeros, else the normal approximation with corrections
 * for ties and continuity. Over n pairs no p-value is below 2 / 2ⁿ.
 *
 * @formula W^{+} = \sum_{d_i > 0} \operatorname{rank}|d_i|, \qquad p = 2 \min\left(P(W \le W^{+}),\ P(W \ge W^{+})\right)
 * @example wilcoxon(over: runs, correction: none)
 * @source Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945; Holm, A simple sequentially
 * rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979
 */
export function wilcoxon(
  contrasts: readonly Contrast[],
  { over = 'cases', correction = 'holm', zeros = 'wilcoxon' }: WilcoxonOptions = {},
): readonly (Inference | undefined)[] {
  const tests = contrasts.map((contrast) => {
    const values = observations(contrast, over);
    return values.length === 0 ? undefined : { n: values.length, ...signedRank(values, zeros) };
  });
  if (correction === 'none') return tests;
  const corrected = holm(tests.flatMap((test) => test?.p ?? []));
  let next = 0;
  return tests.map((test) => test && { ...test, p: corrected[next++]!, uncorrected: test.p });
}
