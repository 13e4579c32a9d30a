/** One way to part the cases. */
export interface Fold {
  readonly train: readonly string[];
  readonly validation: readonly string[];
}

/** The function of a folds component: cases, sorted, to folds. */
export type FoldsFunction<Options> = (cases: readonly string[], options: Options) => readonly Fold[];
