import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { max } from '../../compiler/graph/operations/max.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';
import type { LossInputs } from './loss.ts';

/** Options that all losses of overlap share. */
export interface OverlapOptions {
  /**
   * Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without
   * prediction and label costs 0.
   * @minimum 0
   */
  readonly smooth?: number;
  /**
   * What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over
   * classes and over images; `class`, each image by itself, then the mean over images and over classes.
   */
  readonly reduction?: 'batch' | 'image' | 'class';
  /**
   * Classes that count: `all`, or those `present` in the label (above 0.01 somewhere). `auto` is `all` on soft
   * labels and `present` on hard ones.
   */
  readonly active?: 'auto' | 'all' | 'present';
}

/** A loss of one class as a fraction whose numerator is 0 at the target, so that no 1 − x loses digits. */
export interface Ratio {
  readonly numerator: Value;
  readonly denominator: Value;
}

/** Sums over the pixels of the reduction, as [class, image or 1]. */
type Sums = (value: Value) => Value;

/** Above this a class counts as present in a label (official code of the losses). */
const presence = 0.01;

/**
 * The mean over active classes of (numerator) / (denominator + smooth). Ignored pixels are 0 in prediction and label.
 *
 * @param ratio makes the fraction from prediction x and label y, [class, batch, pixel]
 * @returns one number, shape []
 */
export function overlap(
  { probabilities, labels, keep, soft }: LossInputs,
  { smooth, reduction, active }: Required<OverlapOptions>,
  ratio: (x: Value, y: Value, sums: Sums) => Ratio,
): Value {
  const [x, y] = [mul(probabilities, keep), mul(labels, keep)];
  const [classes, images] = x.shape as [number, number];
  const axes = reduction === 'batch' ? [1, 2] : [2];
  const shape = [classes, reduction === 'batch' ? 1 : images];
  const { numerator, denominator } = ratio(x, y, (value) => reshape(sum(value, axes), shape));
  const losses = divideOrZero(numerator, add(denominator, smooth));
  const everyClass = active === 'all' || (active === 'auto' && soft);
  const present = everyClass ? undefined : reshape(greater(max(y, axes), presence), shape);
  const inner = mean(losses, present, reduction === 'class' ? 1 : 0);
  return mean(inner.value, inner.counted, 0).value;
}

/** Plain mean along an axis, which goes away; over the entries that count where not all do, and 0 if none does. */
function mean(
  value: Value,
  counts: Value | undefined,
  axis: number,
): { value: Value; counted: Value | undefined } {
  if (!counts) return { value: mul(sum(value, [axis]), 1 / value.shape[axis]!), counted: undefined };
  const number = sum(counts, [axis]);
  return { value: divideOrZero(sum(mul(value, counts), [axis]), number), counted: greater(number, 0) };
}

/** x / y, and 0 with gradient 0 where y is 0, for x and y that are 0 together. */
const divideOrZero = (x: Value, y: Value): Value => div(x, add(y, sub(1, greater(y, 0))));
