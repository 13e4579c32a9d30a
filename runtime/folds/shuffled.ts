import { random } from '../random.ts';
import { contiguous } from './contiguous.ts';

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
 * @returns validation cases of each fold
 */
export function shuffled(
  cases: readonly string[],
  { count = 5, seed = 0 }: ShuffledOptions = {},
): readonly (readonly string[])[] {
  const order = random('folds', 'shuffled', seed).permutation(cases.length);
  return contiguous(
    order.map((i) => cases[i]!),
    { count },
  );
}
