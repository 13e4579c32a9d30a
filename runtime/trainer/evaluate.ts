import type { Measure } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { cropCenter } from '../data/crop.ts';
import { type Prepare, preparation } from '../data/prepare.ts';
import { outsideOf, type PreparedCase } from '../data/prepared.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Session } from '../engines/engine.ts';
import { openScorers } from '../metrics/score.ts';
import type { OpenData } from './data.ts';
import { measureText } from './naming.ts';
import type { RunResult, Score } from './result.ts';
import type { Teaching } from './teaching.ts';

/** A network and what it is scored on. */
export interface Evaluation {
  readonly session: Session;
  readonly data: OpenData;
  readonly cases: readonly string[];
  readonly measures: readonly Measure[];
  /** Of the run, for truths that are random. */
  readonly seed: number;
  readonly teaching: Teaching;
  readonly registry: Registry;
  /** [height, width] of the graph's input. */
  readonly size: PictureShape;
  /** Images that the graph takes at once. */
  readonly batch: number;
  readonly signal: AbortSignal | undefined;
}

export interface Scores {
  readonly scores: readonly Score[];
  readonly cases: RunResult['cases'];
  /** The first cases, for pictures. */
  readonly samples: readonly Sample[];
}

/** A case with its prediction, [class, pixel]. */
export interface Sample {
  readonly one: PreparedCase;
  readonly probabilities: Float32Array;
}

/** So many cases are shown in pictures. */
export const sampleCount = 4;

/**
 * Predicts each case from the window in its middle, in batches of which the last is filled up with zeros, and scores
 * it on the truth of each measure. `undefined` if the signal came before the last case.
 */
export async function evaluateCases(evaluation: Evaluation): Promise<Scores | undefined> {
  const { cases, batch, measures, registry, signal, data, seed, teaching } = evaluation;
  const classes = data.set.classes.map(({ name }) => name);
  const scorers = await openScorers(measures, registry, classes);
  const truths = scorers.truths.map(teaching.resolve);
  const inputs = { seed, teachers: teaching.teachers };
  const prepare = await preparation(data.set, data.source, truths, registry, inputs);
  const rows: { case: string; values: readonly (number | null)[] }[] = [];
  const samples: Sample[] = [];
  for (let start = 0; start < cases.length; start += batch) {
    if (signal?.aborted) return undefined;
    const ids = cases.slice(start, start + batch);
    const prepared = await readCases(ids, evaluation, prepare);
    const predictions = await predict(prepared, evaluation);
    for (const [i, one] of prepared.entries()) {
      const probabilities = predictions[i]!;
      const scored = { ...one, pixels: one.height * one.width, images: 1, probabilities };
      rows.push({ case: one.id, values: scorers.add(scored, one.labels) });
      if (samples.length < sampleCount) samples.push({ one, probabilities });
    }
  }
  const found = scorers.result();
  const scores = measures.map((measure, i) => ({ ...measureText(measure, registry), ...found[i] }));
  return { scores, cases: rows, samples };
}

async function readCases(
  ids: readonly string[],
  { data, size }: Evaluation,
  prepare: Prepare,
): Promise<readonly PreparedCase[]> {
  const cases: PreparedCase[] = [];
  const outside = outsideOf(data.set.window);
  for (const id of ids) cases.push(cropCenter(await prepare(await data.source.read(id)), size, outside));
  return cases;
}

/** Probabilities of each case, [class, pixel]. */
async function predict(
  cases: readonly PreparedCase[],
  { session, size, batch }: Evaluation,
): Promise<readonly Float32Array[]> {
  const pixels = size[0] * size[1];
  const { channels, classes } = cases[0]!;
  const image = new Float32Array(batch * pixels * channels);
  for (const [i, one] of cases.entries()) image.set(one.image, i * pixels * channels);
  const { probabilities } = await session.call('infer', { image });
  return cases.map((_, i) => {
    const own = new Float32Array(classes * pixels);
    for (let c = 0; c < classes; c++) {
      const start = (c * batch + i) * pixels;
      own.set(probabilities!.subarray(start, start + pixels), c * pixels);
    }
    return own;
  });
}
