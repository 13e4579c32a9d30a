import type { Share } from '../../compiler/registry.ts';
import { random } from '../random.ts';
import { type Fold, groups, type Uncut, validatingOn } from './fold.ts';

export interface HoldoutOptions {
  /** Part of the cases that is kept for validation: at least one case, and never all of them. */
  share?: Share;
  /** Keeps cases together that share what is in braces, as slices of one subject do: `"{subject}_*"`. */
  by?: string;
}

/**
 * One fold: a fixed random part of the cases is for validation, all others are for training; with `by`, of their groups.
 */
export function holdout(
  { cases }: Pick<Uncut, 'cases'>,
  { share = 0.2, by = '' }: HoldoutOptions = {},
): readonly Fold[] {
  const all = groups(cases, by);
  const wanted = Math.round(share * all.length);
  const count = Math.max(0, Math.min(Math.max(wanted, 1), all.length - 1));
  const order = random('folds', 'holdout').permutation(all.length);
  const held = order.slice(0, count).flatMap((i) => all[i]!);
  return [validatingOn(held, cases)];
}
