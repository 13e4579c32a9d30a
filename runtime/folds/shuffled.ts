import { random } from '../random.ts';
import { blocks, type Fold, validatingOn } from './fold.ts';

export interface ShuffledOptions {
  /** Number of folds. @integer @minimum 2 */
  count?: number;
  /** Decides the order; it belongs to the data set, not to a run. @integer @minimum 0 */
  seed?: number;
}

/**
 * Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`.
 *
 * @param cases names of the cases, sorted
 */
export function shuffled(
  cases: readonly string[],
  { count = 5, seed = 0 }: ShuffledOptions = {},
): readonly Fold[] {
  const order = random('folds', 'shuffled', seed).permutation(cases.length);
  const permuted = order.map((i) => cases[i]!);
  return blocks(permuted, count).map((validation) => validatingOn(validation, cases));
}
