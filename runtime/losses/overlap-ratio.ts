import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { log as logarithm } from '../../compiler/graph/operations/log.ts';
import { max } from '../../compiler/graph/operations/max.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { neg } from '../../compiler/graph/operations/neg.ts';
import { pow } from '../../compiler/graph/operations/pow.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';
import type { Mix } from '../../compiler/registry.ts';
import { LossError, type LossInputs } from './loss.ts';
import { type Sums, sumsOf } from './overlap-sums.ts';

/** Options that all losses of overlap share. */
export interface OverlapOptions {
  /**
   * Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without
   * prediction and label costs 0.
   * @unit pixels
   * @minimum 0
   */
  readonly smooth?: number;
  /**
   * Exponent of the loss of a class: above 1, what is nearly right counts less.
   * @minimum 1
   */
  readonly gamma?: number;
  /** −log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0. */
  readonly log?: boolean;
  /**
   * What the loss of each class is multiplied with, background first; the mean is not divided by their sum.
   * @minimum 0
   * @each class
   */
  readonly weights?: readonly number[] | 'equal';
  /**
   * Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft
   * labels and `present` on hard ones.
   */
  readonly active?: 'auto' | 'all' | 'present';
  /**
   * Above this a class is present in a label.
   * @minimum 0
   */
  readonly threshold?: number;
  /**
   * What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over
   * classes and over images; `class`, each image by itself, then the mean over images and over classes. A weighted
   * sum adds them up: `0.5 image + 0.5 class`.
   */
  readonly reduction?: Mix<'batch' | 'image' | 'class'>;
}

type Reduction = 'batch' | 'image' | 'class';

/**
 * The loss of one class, 1 − T with T = (intersection + s) / (denominator + s), as a fraction whose numerator is 0 at
 * the target, so that no 1 − x loses digits: denominator = intersection + numerator.
 */
export interface Ratio {
  readonly numerator: Value;
  readonly denominator: Value;
  /** Asked for by the logarithmic form alone, which needs its digits where it is small. */
  readonly intersection: () => Value;
}

/**
 * The mean over active classes of numerator / (denominator + smooth), or what the options make of it. Ignored pixels
 * are 0 in prediction and label. Where no class is active it is 0, with gradient 0.
 *
 * @param ratio makes the fraction of a class from sums over its pixels
 * @returns one number, shape []
 * @throws LossError where there are not as many weights as classes
 */
export function overlap(
  inputs: LossInputs,
  {
    smooth = 1e-3,
    gamma = 1,
    log = false,
    weights = 'equal',
    active = 'auto',
    threshold = 0.01,
    reduction = 'batch',
  }: OverlapOptions,
  ratio: (sums: Sums) => Ratio,
): Value {
  const { probabilities, labels, keep, soft } = inputs;
  const [x, y] = [mul(probabilities, keep), mul(labels, keep)];
  const [classes, images] = x.shape as [number, number];
  const everyClass = active === 'all' || (active === 'auto' && soft);

  const reduced = (over: Reduction): Value => {
    const axes = over === 'batch' ? [1, 2] : [2];
    const shape = [classes, over === 'batch' ? 1 : images];
    const parts = ratio(sumsOf(x, y, (value) => reshape(sum(value, axes), shape)));
    const present = everyClass ? undefined : reshape(greater(max(y, axes), threshold), shape);
    const distance = log ? logarithmic(parts, smooth, present) : complement(parts, smooth);
    const losses = weighted(gamma === 1 ? distance : pow(distance, gamma), weights);
    const inner = mean(losses, present, over === 'class' ? 1 : 0);
    return mean(inner.value, inner.counted, 0).value;
  };

  if (typeof reduction === 'string') return reduced(reduction);
  return Object.entries(reduction.mix)
    .map(([over, weight]) => mul(reduced(over as Reduction), weight))
    .reduce(add);
}

/** 1 − T; 0 for a class without prediction and label. */
const complement = ({ numerator, denominator }: Ratio, smooth: number): Value =>
  divideOrZero(numerator, add(denominator, smooth));

/** −log T; 0 for a class without prediction and label, and for one that does not count, whose T may be 0. */
function logarithmic(
  { denominator, intersection }: Ratio,
  smooth: number,
  present: Value | undefined,
): Value {
  const whole = add(denominator, smooth);
  const empty = sub(1, greater(whole, 0));
  const similarity = div(add(add(intersection(), smooth), empty), add(whole, empty));
  return neg(logarithm(present ? add(mul(similarity, present), sub(1, present)) : similarity));
}

/** Losses [class, image or 1], each class times its weight. */
function weighted(losses: Value, weights: readonly number[] | 'equal'): Value {
  if (weights === 'equal') return losses;
  const classes = losses.shape[0]!;
  if (weights.length !== classes)
    throw new LossError(
      `\`weights\` of a loss has ${weights.length} ${weights.length === 1 ? 'number' : 'numbers'} for ${classes} classes.`,
      'Give one weight a class, background first, or `equal`.',
    );
  return mul(losses, losses.builder.constant(weights, [classes, 1]));
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
