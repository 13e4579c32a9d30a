import { blocks, type Fold, type Uncut, validatingOn } from './fold.ts';

export interface ContiguousOptions {
  /** Number of folds. @integer @minimum 2 */
  count?: number;
}

/**
 * Blocks of cases in their order, unshuffled: each fold validates on ⌊n/count⌋ cases, the last one on the rest.
 * @source official code of the Dice semimetric losses
 */
export function contiguous(
  { cases }: Pick<Uncut, 'cases'>,
  { count = 5 }: ContiguousOptions = {},
): readonly Fold[] {
  return blocks(cases, count).map((validation) => validatingOn(validation, cases));
}
