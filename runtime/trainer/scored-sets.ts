import { scoredSets } from '../../compiler/scored.ts';
import type { Evaluation } from './evaluate.ts';
import type { PlannedArm, PlannedRun } from './planned.ts';
import type { RunResult, Score, TestScores } from './result.ts';

/** Data, cases and metrics that a run is scored on; `name` of a test set. */
export interface OpenScoredSet extends Pick<Evaluation, 'data' | 'cases' | 'measures'> {
  readonly name?: string;
}

/** All that a run is scored on, the own validation cases first. */
export const openScoredSets = (
  { experiment, data: own, tests }: Pick<PlannedArm, 'experiment' | 'data' | 'tests'>,
  { fold }: Pick<PlannedRun, 'fold'>,
): readonly OpenScoredSet[] =>
  scoredSets(experiment).map(({ name, data: set, evaluate }) => {
    if (name === undefined) return { data: own, cases: fold.validation, measures: evaluate };
    const data = tests.find((test) => test.set === set)!;
    const measures = evaluate.map((measure) => ({ ...measure, data: name }));
    return { name, data, cases: data.source.cases, measures };
  });

type Scored = Pick<RunResult, 'fold' | 'scores' | 'cases' | 'tests'>;

/** What a run was scored on, in the same order. */
const scoredOf = ({
  fold,
  scores,
  cases,
  tests = [],
}: Scored): readonly Pick<TestScores, 'scores' | 'cases'>[] =>
  fold === 'none' && tests.length > 0 ? tests : [{ scores, cases }, ...tests];

/** All scores of a run, in the order of `scoredMeasures`. */
export const scoresOf = (result: Scored): readonly Score[] =>
  scoredOf(result).flatMap(({ scores }) => scores);

/** By case, the values of the score at a place of these; null where the case says nothing. */
export function casesOf(
  result: Scored,
  place: number,
): readonly { readonly case: string; readonly value: number | null }[] {
  let at = place;
  for (const { scores, cases } of scoredOf(result)) {
    if (at < scores.length)
      return cases.map(({ case: id, values }) => ({ case: id, value: values[at] ?? null }));
    at -= scores.length;
  }
  return [];
}
