import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Jaccard metric loss, second form: 1 − (Σxy + s) / (Σxy + Σ|x − y| + s). Equal to soft Jaccard and to `jml1` where
 * labels are hard, and never below `jml1`; zero at the label and nowhere else. Without smoothing it is a metric.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels soft
 * @formula 1 - \frac{\sum xy + s}{\sum xy + \sum |x - y| + s}
 * @example 0.25 ce + 0.75 jml2
 * @source Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)
 */
export function jml2(inputs: LossInputs, options: OverlapOptions = {}): Value {
  return overlap(inputs, options, ({ difference, product }) => ({
    numerator: difference(),
    denominator: add(product(), difference()),
    intersection: product,
  }));
}
