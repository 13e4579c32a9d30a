/**
 * p-values corrected for being several: that the smallest of them is below α by chance alone stays below α. In the order
 * given.
 * Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979.
 */
export function holm(values: readonly number[]): readonly number[] {
  const corrected = Array<number>(values.length);
  let least = 0;
  const order = values.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  for (const [rank, { p, i }] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - rank) * p));
    corrected[i] = least;
  }
  return corrected;
}
