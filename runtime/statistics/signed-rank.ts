import { normalShare } from './normal.ts';

/**
 * What becomes of differences of 0. `wilcoxon` leaves them out before ranks are given, `pratt` after: then they count in
 * the ranks of the others.
 */
export type Zeros = 'wilcoxon' | 'pratt';

export interface SignedRank {
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal approximation';
}

/** Up to here the number of ways is a whole number that float64 holds. */
const mostExact = 50;

/**
 * Wilcoxon's signed-rank test of differences around 0. Exact for up to 50 differences without zeros and ties; else the
 * normal approximation with the correction for ties, and for continuity. 1 where all differences are 0.
 *
 * Sources: Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945; Pratt, Remarks on zeros and
 * ties in the Wilcoxon signed rank procedures, JASA 54, 1959.
 */
export function signedRank(differences: readonly number[], zeros: Zeros): SignedRank {
  const rounded = differences.map(withoutNoise);
  const others = rounded.filter((value) => value !== 0);
  const zeroCount = rounded.length - others.length;
  if (others.length === 0) return { p: 1, method: 'exact' };
  const skipped = zeros === 'pratt' ? zeroCount : 0;
  const { ranks, ties } = ranksOf(others.map(Math.abs));
  const positive = others.reduce((sum, value, i) => (value > 0 ? sum + ranks[i]! + skipped : sum), 0);
  const n = others.length + skipped;
  if (zeroCount === 0 && ties === 0 && n <= mostExact) {
    const smaller = Math.min(positive, (n * (n + 1)) / 2 - positive);
    const atMost = signedRankShares(n)
      .slice(0, smaller + 1)
      .reduce((sum, share) => sum + share, 0);
    return { p: Math.min(1, 2 * atMost), method: 'exact' };
  }
  const centre = (n * (n + 1) - skipped * (skipped + 1)) / 4;
  const squares = n * (n + 1) * (2 * n + 1) - skipped * (skipped + 1) * (2 * skipped + 1);
  const deviation = Math.sqrt((squares - ties / 2) / 24);
  const distance = Math.max(0, Math.abs(positive - centre) - 0.5);
  return { p: Math.min(1, 2 * normalShare(-distance / deviation)), method: 'normal approximation' };
}

/** Chances of the rank sums 0, 1, …, n(n + 1)/2 of the positive differences where either sign is as likely. */
export function signedRankShares(n: number): readonly number[] {
  let ways = [1];
  for (let rank = 1; rank <= n; rank++)
    ways = Array.from({ length: ways.length + rank }, (_, sum) => (ways[sum] ?? 0) + (ways[sum - rank] ?? 0));
  return ways.map((count) => count / 2 ** n);
}

/** Ranks from 1, equal values with the mean of theirs; `ties` is the sum of t³ − t over groups of t equal values. */
function ranksOf(values: readonly number[]): { readonly ranks: readonly number[]; readonly ties: number } {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranks = Array<number>(values.length);
  let ties = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]!.value === order[start]!.value) end++;
    const count = end - start;
    for (const { i } of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    ties += count ** 3 - count;
    start = end;
  }
  return { ranks, ties };
}

/** To 12 significant digits, so that differences that are equal but for rounding are ties. */
const withoutNoise = (value: number): number => Number(value.toPrecision(12));
