import type { Interval } from '../../compiler/registry.ts';
import { random } from '../random.ts';
import { normalQuantile, normalShare } from './normal.ts';
import { type Contrast, type Inference, mean, type Over, observations } from './paired.ts';

export interface BootstrapOptions {
  /** How often intervals made like this one hold the true difference: `95%`. @minimum 0.5 @maximum 0.9999 */
  confidence?: number;
  /**
   * What is drawn: `cases`, each by its mean difference over the runs that are scored on it, or whole `runs`.
   */
  over?: Over;
  /** Samples that are drawn. @integer @minimum 100 @maximum 1000000 */
  resamples?: number;
  /** Of the random numbers: the same seed gives the same interval. @integer @minimum 0 */
  seed?: number;
}

/**
 * Bootstrap interval of the mean difference to the baseline: bias-corrected and accelerated (BCa). Pairs are of equal fold
 * and seed. It is not corrected for being one of several.
 *
 * @formula \left[\hat G^{-1}(\alpha_1),\ \hat G^{-1}(\alpha_2)\right], \qquad \alpha_i = \Phi\left(z_0 + \frac{z_0 + z_i}{1 - a (z_0 + z_i)}\right)
 * @example bootstrap(confidence: 90%, over: runs)
 * @source Efron, Better bootstrap confidence intervals, JASA 82, 1987
 */
export function bootstrap(
  contrasts: readonly Contrast[],
  { confidence = 0.95, over = 'cases', resamples = 10_000, seed = 0 }: BootstrapOptions = {},
): readonly (Inference | undefined)[] {
  return contrasts.map((contrast) => {
    const values = observations(contrast, over);
    if (values.length === 0) return undefined;
    const found = { n: values.length, method: `BCa, ${resamples} samples` };
    return values.length === 1
      ? found
      : { ...found, interval: bcaInterval(values, { confidence, resamples, seed }) };
  });
}

/** Of the mean of some values, two at least. */
export function bcaInterval(
  values: readonly number[],
  { confidence, resamples, seed }: Required<Pick<BootstrapOptions, 'confidence' | 'resamples' | 'seed'>>,
): Interval {
  const centre = mean(values);
  const offsets = values.map((value) => value - centre);
  const squares = offsets.reduce((sum, offset) => sum + offset ** 2, 0);
  if (squares === 0) return { low: centre, high: centre };
  // Of the offsets, so that a mean that is the centre but for rounding is told from one beside it.
  const means = resampledMeans(offsets, resamples, seed);
  const noise = 1e-12 * Math.sqrt(squares);
  const below = means.reduce((sum, value) => sum + (Math.abs(value) <= noise ? 0.5 : Number(value < 0)), 0);
  const bias = normalQuantile(below / resamples);
  const acceleration = offsets.reduce((sum, offset) => sum + offset ** 3, 0) / (6 * squares ** 1.5);
  const shareAt = (z: number) => {
    const moved = bias + z;
    return normalShare(bias + moved / (1 - acceleration * moved));
  };
  const z = normalQuantile((1 + confidence) / 2);
  return { low: centre + quantile(means, shareAt(-z)), high: centre + quantile(means, shareAt(z)) };
}

/** In ascending order. */
function resampledMeans(values: readonly number[], resamples: number, seed: number): Float64Array {
  const stream = random('statistics', 'bootstrap', seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[stream.integer(values.length)]!;
    return sum / values.length;
  });
  return means.sort();
}

/** The value below which this share of sorted ones lies, straight lines between them. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (at - Math.floor(at)) * (high - low);
}
