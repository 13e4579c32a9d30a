/** Sums over the pixels whose confidence falls into each of some equally wide bins of 0 … 1. */
export interface Bins {
  readonly count: number[];
  readonly hits: number[];
  readonly confidence: number[];
}

export const emptyBins = (bins: number): Bins => ({
  count: new Array<number>(bins).fill(0),
  hits: new Array<number>(bins).fill(0),
  confidence: new Array<number>(bins).fill(0),
});

/** One more pixel: `hit` is whether it is right, or on a soft truth how far. */
export function addToBins({ count, hits, confidence }: Bins, value: number, hit: number): void {
  const bin = binOf(value, count.length);
  count[bin]! += 1;
  hits[bin]! += hit;
  confidence[bin]! += value;
}

/** All of them as one; `undefined` of none. */
export function addBins(all: readonly Bins[]): Bins | undefined {
  const [first] = all;
  if (!first) return undefined;
  const sum = (field: keyof Bins) =>
    first[field].map((_, bin) => all.reduce((total, one) => total + one[field][bin]!, 0));
  return { count: sum('count'), hits: sum('hits'), confidence: sum('confidence') };
}

/** Σ n_b/n · |mean hit − mean confidence|, empty bins left out; `undefined` without a pixel. */
export function calibrationError({ count, hits, confidence }: Bins): number | undefined {
  const pixels = count.reduce((sum, n) => sum + n, 0);
  if (pixels === 0) return undefined;
  return hits.reduce((sum, hit, bin) => sum + Math.abs(hit - confidence[bin]!), 0) / pixels;
}

/** The last bin whose left edge k/bins is at or below the value: by comparison, since value · bins may round up. */
export function binOf(value: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.floor(value * bins)));
  while (bin > 0 && bin / bins > value) bin -= 1;
  while (bin < bins - 1 && (bin + 1) / bins <= value) bin += 1;
  return bin;
}
