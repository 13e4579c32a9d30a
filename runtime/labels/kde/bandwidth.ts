import type { KeyPoints } from '../step.ts';
import { kernelEstimator } from './kernel.ts';
import { logsOf } from './logs.ts';

/** 15 from 1e-5 to 1e-1, evenly on a logarithmic scale, and five more up to 1. */
export const candidates: readonly number[] = [
  ...Array.from({ length: 15 }, (_, i) => 10 ** (-5 + (4 * i) / 14)),
  0.2,
  0.4,
  0.6,
  0.8,
  1,
];

/**
 * The bandwidth of `candidates` for which the key points are most likely, each by the density that the others make
 * around it; the first of equal ones. Of fewer than two key points nothing can be said, and it is the last: no
 * estimate depends on it then.
 *
 * @see github.com/tpopordanoska/ece-kde, get_bandwidth
 */
export function likeliestBandwidth(keys: KeyPoints, classes: number, floor: number): number {
  const count = keys.labels.length;
  if (count < 2) return candidates.at(-1)!;
  const rows = Array.from({ length: count }, (_, j) =>
    logsOf(keys.probabilities.subarray(j * classes, (j + 1) * classes), floor),
  );
  const out = new Float64Array(classes);
  const likelihoods = candidates.map((bandwidth) => {
    const estimate = kernelEstimator(keys, classes, bandwidth);
    return rows.reduce((sum, logs, j) => sum + estimate(logs, out, j), 0);
  });
  return candidates[likelihoods.indexOf(Math.max(...likelihoods))]!;
}
