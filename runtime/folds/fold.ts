/** One way to part the cases. */
export interface Fold {
  readonly train: readonly string[];
  readonly validation: readonly string[];
}

/** The function of a folds component: cases, sorted, to folds. */
export type FoldsFunction<Options> = (cases: readonly string[], options: Options) => readonly Fold[];

/** The fold that validates on these cases and trains on all others, both in the order of `cases`. */
export function validatingOn(validation: readonly string[], cases: readonly string[]): Fold {
  const held = new Set(validation);
  return {
    train: cases.filter((id) => !held.has(id)),
    validation: cases.filter((id) => held.has(id)),
  };
}

/** Blocks of ⌊n/count⌋ in the order given; the last one takes the rest. */
export function blocks(cases: readonly string[], count: number): readonly (readonly string[])[] {
  const size = Math.floor(cases.length / count);
  return Array.from({ length: count }, (_, i) =>
    cases.slice(i * size, i === count - 1 ? undefined : (i + 1) * size),
  );
}
