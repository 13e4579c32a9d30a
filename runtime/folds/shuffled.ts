import { random } from '../random.ts';
import { blocks, type Fold, groups, type Uncut, validatingOn } from './fold.ts';

export interface ShuffledOptions {
  /** Number of folds. @integer @minimum 2 */
  count?: number;
  /** Decides the order; it belongs to the data set, not to a run. @integer @minimum 0 */
  seed?: number;
  /** Keeps cases together that share what is in braces, as slices of one subject do: `"{subject}_*"`. */
  by?: string;
}

/**
 * Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`; with `by`, groups of cases are.
 */
export function shuffled(
  { cases }: Pick<Uncut, 'cases'>,
  { count = 5, seed = 0, by = '' }: ShuffledOptions = {},
): readonly Fold[] {
  const all = groups(cases, by);
  const order = random('folds', 'shuffled', seed).permutation(all.length);
  const permuted = order.map((i) => all[i]!);
  return blocks(permuted, count).map((validation) => validatingOn(validation.flat(), cases));
}
