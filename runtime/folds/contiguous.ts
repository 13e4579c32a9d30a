export interface ContiguousOptions {
  /** Number of folds. @integer @minimum 2 */
  count?: number;
}

/**
 * Blocks of cases in their order, unshuffled: each fold holds ⌊n/count⌋ cases, the last one takes the rest.
 *
 * @param cases names of the cases, sorted
 * @returns validation cases of each fold
 * @source official code of the Dice semimetric losses
 */
export function contiguous(
  cases: readonly string[],
  { count = 5 }: ContiguousOptions = {},
): readonly (readonly string[])[] {
  const size = Math.floor(cases.length / count);
  return Array.from({ length: count }, (_, fold) =>
    cases.slice(fold * size, fold === count - 1 ? undefined : (fold + 1) * size),
  );
}
