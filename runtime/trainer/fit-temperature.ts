/** What a teacher says of one case and what is true. */
export interface Judged {
  /** Probabilities before the temperature, [class, pixel]. */
  readonly probabilities: Float64Array;
  /** One-hot, [class, pixel]. */
  readonly hard: Float64Array;
  /** [pixel] */
  readonly keep: Uint8Array;
}

/** T is looked for between these. */
export const temperatureBounds = { low: 0.05, high: 20 } as const;

/** Halvings of the range of log T: its width is 6, so that T is found to a relative 1e-12. */
const halvings = 43;

/**
 * The temperature T of the least negative log-likelihood of hard labels under softmax(log p / T), over all kept pixels of
 * the cases that `read` gives. It is convex in 1/T, so the sign of its derivative, followed by halving the range of
 * log T, leads to its one minimum, or to the bound that is nearer to it. Sums run in the order of the cases, so the same
 * predictions always give the same T.
 *
 * @source Guo et al., On Calibration of Modern Neural Networks, ICML 2017, section 4.2
 */
export async function fitTemperature(
  cases: readonly string[],
  read: (id: string) => Promise<Judged>,
): Promise<number> {
  let [low, high] = [Math.log(temperatureBounds.low), Math.log(temperatureBounds.high)];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    let slope = 0;
    for (const id of cases) slope += slopeOf(await read(id), Math.exp(-middle));
    // Too certain: sharper would be less likely.
    if (slope > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Logarithm of a probability that has become 0. */
const least = Math.log(Number.MIN_VALUE);

/** Derivative of the negative log-likelihood with respect to 1/T: Σ over pixels of Σ_c q_c log p_c − log p_y. */
function slopeOf({ probabilities, hard, keep }: Judged, inverse: number): number {
  const pixels = keep.length;
  let total = 0;
  for (let i = 0; i < pixels; i++) {
    if (!keep[i]) continue;
    let highest = 0;
    for (let at = i; at < probabilities.length; at += pixels)
      highest = Math.max(highest, probabilities[at]!);
    let [sum, mean, truth] = [0, 0, 0];
    for (let at = i; at < probabilities.length; at += pixels) {
      const log = Math.max(least, Math.log(probabilities[at]! / highest));
      const q = Math.exp(log * inverse);
      sum += q;
      mean += q * log;
      truth += hard[at]! * log;
    }
    total += mean / sum - truth;
  }
  return total;
}
