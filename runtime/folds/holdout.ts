import type { Share } from '../../compiler/registry.ts';
import { random } from '../random.ts';
import { type Fold, validatingOn } from './fold.ts';

export interface HoldoutOptions {
  /** Part of the cases that is kept for validation: at least one case, and never all of them. */
  share?: Share;
}

/**
 * One fold: a fixed random part of the cases is for validation, all others are for training.
 *
 * @param cases names of the cases, sorted
 */
export function holdout(cases: readonly string[], { share = 0.2 }: HoldoutOptions = {}): readonly Fold[] {
  const wanted = Math.round(share * cases.length);
  const count = Math.max(0, Math.min(Math.max(wanted, 1), cases.length - 1));
  const order = random('folds', 'holdout').permutation(cases.length);
  const held = order.slice(0, count).map((i) => cases[i]!);
  return [validatingOn(held, cases)];
}
