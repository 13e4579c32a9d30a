import type { KeyPoints } from '../step.ts';
import { logGamma } from './log-gamma.ts';
import { sumOfExps } from './sum-of-exps.ts';

/**
 * The estimate E[y | f] of one pixel.
 *
 * @param logs ln f of each class, finite
 * @param out gets the estimate, [class]; it sums to 1, and stays as it is where no key counts
 * @param leftOut a key that does not count
 * @returns ln Σ_j K(f; f_j), −∞ where no key counts
 */
export type Estimate = (logs: ArrayLike<number>, out: Float64Array, leftOut?: number) => number;

/**
 * Σ_j K(f; f_j) y_j / Σ_j K(f; f_j) over the key points j, K(f; f_j) the Dirichlet density at f with the parameters
 * α = f_j / h + 1. Sums are taken relative to the largest kernel, so they neither vanish nor overflow: the row always
 * sums to 1, however far the nearest key is. Kernels below e^−40 of the largest are left out.
 *
 * @see paper, section 2.4; Popordanoska et al., A Consistent and Differentiable Lp Canonical Calibration Error Estimator, 2022
 */
export function kernelEstimator(keys: KeyPoints, classes: number, bandwidth: number): Estimate {
  const count = keys.labels.length;
  const { order, ends } = byLabel(keys.labels, classes);
  const place = new Int32Array(count);
  for (const [at, key] of order.entries()) place[key] = at;
  const slopes = Array.from({ length: Math.max(2, classes) }, (_, c) =>
    Float64Array.from(order, (key) => (c < classes ? keys.probabilities[key * classes + c]! / bandwidth : 0)),
  );
  const offsets = Float64Array.from(order, (_, at) => logNormaliser(slopes.slice(0, classes), at));
  const [first, second, ...others] = slopes as [Float64Array, Float64Array, ...Float64Array[]];
  const logKernels = new Float64Array(count);

  return (logs, out, leftOut) => {
    let highest = fill(logKernels, offsets, first, second, logs[0]!, logs[1] ?? 0);
    for (const [c, slope] of others.entries()) addProduct(logKernels, slope, logs[c + 2]!);
    if (leftOut !== undefined) logKernels[place[leftOut]!] = Number.NEGATIVE_INFINITY;
    if (others.length > 0 || leftOut !== undefined) highest = highestOf(logKernels);
    if (highest === Number.NEGATIVE_INFINITY) return highest;
    let total = 0;
    for (let c = 0; c < classes; c++) {
      out[c] = sumOfExps(logKernels, ends[c - 1] ?? 0, ends[c]!, highest);
      total += out[c]!;
    }
    for (let c = 0; c < classes; c++) out[c]! /= total;
    return highest + Math.log(total);
  };
}

/*
 * The loops over keys are functions of their own, which get the arrays as arguments: inside of the closure, V8 fetches
 * them from its scope in every round once there has been a second estimator, and takes twice the time.
 */

/** offset + first · a + second · b of each key; gives the highest. */
function fill(
  to: Float64Array,
  offsets: Float64Array,
  first: Float64Array,
  second: Float64Array,
  a: number,
  b: number,
): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < to.length; j++) {
    const log = offsets[j]! + first[j]! * a + second[j]! * b;
    to[j] = log;
    if (log > highest) highest = log;
  }
  return highest;
}

function addProduct(to: Float64Array, slope: Float64Array, log: number): void {
  for (let j = 0; j < to.length; j++) to[j]! += slope[j]! * log;
}

function highestOf(logKernels: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < logKernels.length; j++) if (logKernels[j]! > highest) highest = logKernels[j]!;
  return highest;
}

/** Keys in the order of their labels, and where each label ends: the sum of a class is one over neighbours. */
function byLabel(labels: ArrayLike<number>, classes: number) {
  const of = Array.from({ length: classes }, (): number[] => []);
  for (let j = 0; j < labels.length; j++) of[labels[j]!]!.push(j);
  let end = 0;
  return { order: Int32Array.from(of.flat()), ends: of.map((keys) => (end += keys.length)) };
}

/** lnΓ(Σ_c α_c) − Σ_c lnΓ(α_c), α = slope + 1. */
function logNormaliser(slopes: readonly Float64Array[], at: number): number {
  let [sum, parts] = [0, 0];
  for (const slope of slopes) {
    sum += slope[at]! + 1;
    parts += logGamma(slope[at]! + 1);
  }
  return logGamma(sum) - parts;
}
