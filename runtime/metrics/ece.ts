import type { ScoredCase } from './metric.ts';
import { largestClass } from './overlap.ts';

export interface EceOptions {
  /** Number of equally wide bins of the confidence. @integer @minimum 1 */
  bins?: number;
}

/**
 * Expected calibration error of the top label: the probability of the predicted class against how often it is
 * right, Σ nᵦ/n · |mean hit − mean confidence| over the bins, over all pixels of a case, background included; then
 * the plain mean over the cases. A hit is 1 or 0 on a hard truth, and on a soft one the truth's value of the
 * predicted class. Bins are left-closed; 1 falls into the last. A case without pixels has no value.
 *
 * @truth hard
 * @source official code of the Dice semimetric losses
 */
export function ece(scored: ScoredCase, { bins = 10 }: EceOptions = {}): number | undefined {
  const { classes, pixels, probabilities, truth, keep } = scored;
  const gaps = new Float64Array(bins);
  let count = 0;
  for (let i = 0; i < pixels; i++) {
    if (!keep[i]) continue;
    const predicted = largestClass(probabilities, classes, pixels, i) * pixels + i;
    const confidence = probabilities[predicted]!;
    gaps[binOf(confidence, bins)]! += truth[predicted]! - confidence;
    count += 1;
  }
  if (count === 0) return undefined;
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
}

/** The last bin whose left edge k/bins is at or below the value: by comparison, since value · bins may round up. */
function binOf(value: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.floor(value * bins)));
  while (bin > 0 && bin / bins > value) bin -= 1;
  while (bin < bins - 1 && (bin + 1) / bins <= value) bin += 1;
  return bin;
}
