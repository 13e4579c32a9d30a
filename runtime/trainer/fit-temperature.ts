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

/** T is found to this, relative to it; a dozen passes over the cases are enough. */
const precision = 1e-12;
const passes = 60;

/**
 * The temperature T of the least negative log-likelihood of hard labels under softmax(log p / T), over all kept pixels of
 * the cases that `read` gives. It is convex in 1/T, so Newton's method leads to its one minimum, or to the bound that is
 * nearer to it; a step that leaves what is known to enclose the minimum is replaced by halving that. Sums run in the
 * order of the cases, so the same predictions always give the same T.
 *
 * @source Guo et al., On Calibration of Modern Neural Networks, ICML 2017, section 4.2
 */
export async function fitTemperature(
  cases: readonly string[],
  read: (id: string) => Promise<Judged>,
): Promise<number> {
  let [low, high] = [1 / temperatureBounds.high, 1 / temperatureBounds.low];
  let inverse = 1;
  for (let pass = 0; pass < passes && high - low > precision * low; pass++) {
    let [slope, curvature] = [0, 0];
    for (const id of cases) {
      const part = derivatives(await read(id), inverse);
      slope += part.slope;
      curvature += part.curvature;
    }
    // A positive slope is one of a network that is too sure of itself: 1/T must be less.
    if (slope > 0) high = inverse;
    else low = inverse;
    const step = inverse - slope / curvature;
    const next = step > low && step < high ? step : Math.sqrt(low * high);
    if (Math.abs(next - inverse) <= precision * inverse) break;
    inverse = next;
  }
  return 1 / inverse;
}

/** Logarithm of a probability that has become 0. */
const least = Math.log(Number.MIN_VALUE);

/** Of the negative log-likelihood with respect to 1/T: Σ E_q[log p] − log p_y and Σ Var_q[log p] over the kept pixels. */
function derivatives(
  { probabilities, hard, keep }: Judged,
  inverse: number,
): { readonly slope: number; readonly curvature: number } {
  const pixels = keep.length;
  let [slope, curvature] = [0, 0];
  for (let i = 0; i < pixels; i++) {
    if (!keep[i]) continue;
    let highest = 0;
    for (let at = i; at < probabilities.length; at += pixels) highest = Math.max(highest, probabilities[at]!);
    let [sum, first, second, truth] = [0, 0, 0, 0];
    for (let at = i; at < probabilities.length; at += pixels) {
      const log = Math.max(least, Math.log(probabilities[at]! / highest));
      const q = Math.exp(log * inverse);
      sum += q;
      first += q * log;
      second += q * log * log;
      truth += hard[at]! * log;
    }
    const mean = first / sum;
    slope += mean - truth;
    curvature += second / sum - mean * mean;
  }
  return { slope, curvature };
}
