import type { DataSet, Experiment, Measure, ScoredMeasure } from './experiment.ts';

/** Cases that the weights of every run are scored on. */
export interface ScoredSet {
  /** Of a data set of `test`; absent for the validation cases of the own data. */
  readonly name?: string;
  readonly data: DataSet;
  readonly evaluate: readonly Measure[];
}

/** What is needed of an experiment to tell what it is scored on. */
type Scored = Pick<Experiment, 'fold' | 'data' | 'evaluate' | 'test'>;

/**
 * Whether the own data are scored. With `fold: none` no case of them is left to validate on, so that test sets, where there
 * are any, give the only scores.
 */
export const scoresOwnData = ({
  fold,
  test,
}: {
  readonly fold: Experiment['fold'];
  readonly test: readonly unknown[];
}): boolean => fold !== 'none' || test.length === 0;

/** What every run is scored on, one after the other: the own data first. */
export const scoredSets = (experiment: Scored): readonly ScoredSet[] => [
  ...(scoresOwnData(experiment) ? [{ data: experiment.data, evaluate: experiment.evaluate }] : []),
  ...experiment.test.map(({ data, evaluate }) => ({ name: data.name, data, evaluate })),
];

/** All that every run has a score of, in the order of the scores. */
export const scoredMeasures = (experiment: Scored): readonly ScoredMeasure[] =>
  scoredSets(experiment).flatMap(({ name, evaluate }) =>
    evaluate.map((measure) => (name === undefined ? measure : { ...measure, data: name })),
  );
