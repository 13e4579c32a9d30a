import type { Value } from '../../compiler/graph/builder.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import type { LossInputs } from './loss.ts';
import { type OverlapOptions, overlap } from './overlap-ratio.ts';

/**
 * Soft Jaccard loss, L1 form: 1 − (Σxy + s) / (Σ(x + y) − Σxy + s). On soft labels it is lowest at 0 and 1, not at the
 * label: one pixel labelled 0.5 costs 2/3 there and 1/2 at 1.
 *
 * @returns one number in 0..1: the mean over classes (see `active` and `reduction`)
 * @labels hard
 * @formula 1 - \frac{\sum xy + s}{\sum (x + y) - \sum xy + s}
 * @example 0.25 ce + 0.75 sjl
 * @source Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)
 */
export function sjl(inputs: LossInputs, options: OverlapOptions = {}): Value {
  return overlap(inputs, options, ({ total, product }) => ({
    numerator: sub(total(), mul(product(), 2)),
    denominator: sub(total(), product()),
    intersection: product,
  }));
}
