import type { ScoredMeasure } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { preparation } from '../data/prepare.ts';
import type { PreparedCase } from '../data/prepared.ts';
import { openScorers } from '../metrics/score.ts';
import type { CasePredictor, Sample } from './case-predictor.ts';
import type { OpenData } from './data.ts';
import { measureText } from './naming.ts';
import type { RunResult, Score } from './result.ts';
import type { Teaching } from './teaching.ts';

/** A network and what it is scored on. */
export interface Evaluation {
  readonly predictor: CasePredictor;
  readonly data: OpenData;
  readonly cases: readonly string[];
  readonly measures: readonly ScoredMeasure[];
  /** Of the run, for truths that are random. */
  readonly seed: number;
  readonly teaching: Teaching;
  readonly registry: Registry;
  /** Reads a case with the labels of `openCases`, where it is read more than once. */
  readonly read?: (id: string) => Promise<PreparedCase>;
  readonly signal: AbortSignal | undefined;
}

export interface Scores {
  readonly scores: readonly Score[];
  readonly cases: RunResult['cases'];
  /** The first cases, for pictures. */
  readonly samples: readonly Sample[];
}

/** So many cases are shown in pictures. */
export const sampleCount = 4;

const classesOf = ({ set }: OpenData) => set.classes.map(({ name }) => name);

/** How cases are read with the truths of some measures. */
export async function openCases({
  data,
  measures,
  registry,
  seed,
  teaching,
}: Pick<Evaluation, 'data' | 'measures' | 'registry' | 'seed' | 'teaching'>): Promise<
  (id: string) => Promise<PreparedCase>
> {
  const scorers = await openScorers(measures, registry, classesOf(data));
  const truths = scorers.truths.map(teaching.resolve);
  const inputs = { seed, teachers: teaching.teachers };
  const prepare = await preparation(data.set, data.source, truths, registry, inputs);
  return async (id) => await prepare(await data.source.read(id));
}

/** Predicts each case and scores it on the truth of each measure. `undefined` if the signal came before the last case. */
export async function evaluateCases(evaluation: Evaluation): Promise<Scores | undefined> {
  const { cases, predictor, measures, registry, signal, data } = evaluation;
  const scorers = await openScorers(measures, registry, classesOf(data));
  const read = evaluation.read ?? (await openCases(evaluation));
  const rows: { case: string; values: readonly (number | null)[] }[] = [];
  const samples: Sample[] = [];
  for (let start = 0; start < cases.length; start += predictor.batch) {
    if (signal?.aborted) return undefined;
    const prepared: PreparedCase[] = [];
    for (const id of cases.slice(start, start + predictor.batch)) prepared.push(await read(id));
    for (const sample of await predictor.predict(prepared, data.set.window)) {
      const { one, probabilities } = sample;
      const scored = { ...one, pixels: one.height * one.width, images: 1, probabilities };
      rows.push({ case: one.id, values: scorers.add(scored, one.labels) });
      if (samples.length < sampleCount) samples.push(sample);
    }
  }
  const found = scorers.result();
  const scores = measures.map((measure, i) => ({ ...measureText(measure, registry), ...found[i] }));
  return { scores, cases: rows, samples };
}
