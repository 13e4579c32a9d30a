import type { Experiment } from '../experiment.ts';

/** Folds that a data set is cut into; `undefined` for a cut of a user's own, which is not run here. */
export function foldsOf({ folds: { options, code } }: Pick<Experiment['data'], 'folds'>): number | undefined {
  const { count, share } = options;
  if (code !== undefined) return undefined;
  if (typeof count === 'number') return count;
  // A share that is held out is one fold.
  return share === undefined ? undefined : 1;
}

/** Folds × seeds of an experiment, where the file says how many folds there are. */
export function runsOf({ fold, seed, data }: Experiment): number | undefined {
  const folds = fold === 'all' ? foldsOf(data) : fold === 'none' ? 1 : fold.length;
  return folds === undefined ? undefined : folds * seed.length;
}

/** Whether an experiment is reported on a test set, so that its own validation cases are free to choose by. */
export const isReportedApart = ({ test }: Pick<Experiment, 'test'>): boolean => test.length > 0;
