import type { Value } from '../../compiler/graph/builder.ts';
import { abs } from '../../compiler/graph/operations/abs.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { min } from '../../compiler/graph/operations/min.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';

/** Sums over prediction x and label y of a class, [class, image or 1] each. What is not asked for is not computed. */
export interface Sums {
  /** Σ(x + y) */
  readonly total: () => Value;
  /** Σ(x − y): false positives less false negatives. */
  readonly excess: () => Value;
  /** Σ|x − y|, with derivative 0 at a tie. */
  readonly difference: () => Value;
  /** Σ min(x, y), with derivative ½ for each at a tie. */
  readonly minimum: () => Value;
  /** Σxy */
  readonly product: () => Value;
  /** The same of squares: Σ(x² + y²), Σ(x² − y²), and Σ(x − y)² for the difference. The minimum is then Σxy. */
  readonly squared: () => Omit<Sums, 'squared'>;
}

/** @param sum over the pixels of a reduction */
export const sumsOf = (x: Value, y: Value, sum: (value: Value) => Value): Sums => {
  const product = () => sum(mul(x, y));
  return {
    total: () => sum(add(x, y)),
    excess: () => sum(sub(x, y)),
    difference: () => sum(abs(sub(x, y))),
    minimum: () => sum(min(x, y)),
    product,
    squared: () => ({
      total: () => sum(add(mul(x, x), mul(y, y))),
      excess: () => sum(sub(mul(x, x), mul(y, y))),
      difference: () => sum(mul(sub(x, y), sub(x, y))),
      minimum: product,
      product,
    }),
  };
};
