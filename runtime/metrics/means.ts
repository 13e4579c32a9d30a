/** Which values a mean is over: the lowest share of them, or the mean of that over 10, 20 … 100 %. */
export type Worst = number | 'deciles';

/** What 0/0 counts: `one`; `skip` leaves it out of every mean; `undefined` makes every mean undefined that it is in. */
export type Empty = 'one' | 'skip' | 'undefined';

/** A value that may be undefined and then stays so in a mean. Zero or one of them is what a place in a mean holds. */
export type Value = number | undefined;

export const nothing: Readonly<Record<Empty, readonly Value[]>> = {
  one: [1],
  skip: [],
  undefined: [undefined],
};

/** The plain mean; `undefined` of nothing, and where a value is. */
export function mean(values: readonly Value[]): Value {
  if (values.length === 0) return undefined;
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum / values.length;
}

/** The mean of the values that are there; `undefined` if none is. */
export const meanOfDefined = (values: readonly Value[]): Value =>
  mean(values.filter((value) => value !== undefined));

/**
 * The mean of the lowest share q of n values: of max(1, ⌊q·n⌋) of them, undefined ones last. For `deciles` the mean of
 * these means for q = 10, 20 … 100 %.
 */
export function lowestMean(values: readonly Value[], worst: Worst): Value {
  const sorted = [...values].sort(
    (a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY),
  );
  const lowest = (count: number) => mean(sorted.slice(0, Math.max(1, count)));
  if (worst === 'deciles')
    return mean(Array.from({ length: 10 }, (_, i) => lowest(Math.floor(((i + 1) * sorted.length) / 10))));
  // 0.29 · 100 is 28.999999999999996: a share that is meant to reach a whole number does.
  return lowest(Math.floor(worst * sorted.length + 1e-9));
}
