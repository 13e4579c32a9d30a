import type { Share } from '../../compiler/registry.ts';
import { random } from '../random.ts';

export interface HoldoutOptions {
  /** Part of the cases that is kept for validation: at least one case, and never all of them. */
  share?: Share;
}

/**
 * One fold: a fixed random part of the cases is for validation, all others are for training.
 *
 * @param cases names of the cases, sorted
 * @returns validation cases of the only fold, sorted
 */
export function holdout(
  cases: readonly string[],
  { share = 0.2 }: HoldoutOptions = {},
): readonly (readonly string[])[] {
  const wanted = Math.round(share * cases.length);
  const count = Math.min(Math.max(wanted, 1), cases.length - 1);
  const order = random('folds', 'holdout').permutation(cases.length);
  const held = order.slice(0, Math.max(count, 0)).sort((a, b) => a - b);
  return [held.map((i) => cases[i]!)];
}
