import { declaredName } from '../../compiler/canonical/text.ts';
import { encodePng } from '../data/images/encode-png.ts';
import { contactSheet } from '../reports/picture.ts';
import { storedTensors } from '../store/checkpoint.ts';
import { writeJson, writeWhole } from '../store/files.ts';
import type { MetricsLog } from '../store/metrics-log.ts';
import { files } from '../store/run-folder.ts';
import { encodeTensors } from '../store/safetensors.ts';
import type { CasePredictor } from './case-predictor.ts';
import { evaluateCases, type Scores } from './evaluate.ts';
import type { Network } from './network.ts';
import { writePredictions } from './predictions.ts';
import type { Kept, RunResult, Scoring, TestScores } from './result.ts';
import { type Place, type RunEnd, reportEnd } from './run-task.ts';
import { openScoredSets } from './scored-sets.ts';
import { bestMeasure, bestName } from './search.ts';
import type { State } from './train.ts';
import { readWeights } from './weights.ts';

/** Scores a trained network and writes what it became. */
export async function score(place: Place, network: Network, state: State, log: MetricsLog): Promise<RunEnd> {
  const { folder, run } = place;
  const variables = state.looks?.best?.variables ?? state.variables;
  const evaluated = await evaluate(place, await network.predictor(variables));
  if (!evaluated) return reportEnd(place, { status: 'interrupted', step: run.steps });
  const kept = network.graph.variables.filter(({ role }) => role !== 'optimizer');
  const tensors = storedTensors(kept, variables);
  await writeWhole(files(folder).weights, encodeTensors({ tensors, metadata: {} }));
  log.append({ step: run.steps, scores: allScores(evaluated.found) });
  await log.flush();
  return await finish(place, evaluated, state, keptOf(place, state));
}

/** What is told of the weights that are kept; nothing of the last ones. */
function keptOf({ arm, run, options }: Place, { looks, step }: State): Kept | undefined {
  const { checkpoint } = arm.experiment;
  if (checkpoint === 'last' || !looks) return undefined;
  const { best, count } = looks;
  const name = bestName(bestMeasure(arm, checkpoint), options.registry);
  const at = best?.step ?? step;
  if (!best)
    options.on({
      kind: 'notice',
      run: run.name,
      message: `${name.metric} had no value in any of the ${count} looks at the validation cases: the last weights are kept.`,
    });
  const value = best ? { value: best.value } : {};
  return { step: at, epoch: at / run.stepsPerEpoch, looks: count, ...name, ...value };
}

/** Scores the weights of a finished run on other metrics. */
export async function scoreAgain(place: Place, before: RunResult): Promise<RunEnd> {
  const { folder, network, run } = place;
  const loaded = await network();
  const variables = await readWeights(folder);
  if ('message' in variables) return reportEnd(place, { status: 'failed', problem: variables });
  await loaded.session.init();
  const evaluated = await evaluate(place, await loaded.predictor(variables));
  if (!evaluated) return reportEnd(place, { status: 'interrupted', step: run.steps });
  const state = { step: before.steps, variables, seconds: before.seconds, loss: before.loss };
  return await finish(place, evaluated, state, before.kept);
}

/** Scores on all that the run is scored on, one after the other; `undefined` if the signal came before the last case. */
async function evaluate(
  { arm, run, options, teaching }: Place,
  predictor: CasePredictor,
): Promise<Evaluated | undefined> {
  const { registry, signal } = options;
  const all: ScoredOn[] = [];
  const begun = performance.now();
  for (const { name, ...set } of openScoredSets(arm, run)) {
    const shared = { predictor, seed: run.name.seed, teaching, registry, signal };
    const found = await evaluateCases({ ...set, ...shared });
    if (!found) return undefined;
    all.push({ ...found, ...(name === undefined ? {} : { test: { data: name, dataHash: set.data.hash } }) });
  }
  options.on({ kind: 'evaluation', run: run.name, step: run.steps, scores: allScores(all) });
  const seconds = (performance.now() - begun) / 1000;
  return { found: all, scoring: { seconds, cases: all.reduce((sum, { cases }) => sum + cases.length, 0) } };
}

interface Evaluated {
  readonly found: readonly ScoredOn[];
  readonly scoring: Scoring;
}

/** Scores of the own validation cases, or of a test set. */
interface ScoredOn extends Scores {
  readonly test?: Pick<TestScores, 'data' | 'dataHash'>;
}

const allScores = (found: readonly ScoredOn[]) => found.flatMap(({ scores }) => scores);

/** The result is written last: a run without one is not finished. */
async function finish(
  place: Place,
  { found, scoring }: Evaluated,
  { loss, seconds }: State,
  kept: Kept | undefined,
): Promise<RunEnd> {
  const { folder, run, arm, engine, identity, options } = place;
  const none: Scores = { scores: [], cases: [], samples: [] };
  const { scores, cases, samples } = found.find(({ test }) => !test) ?? none;
  const tests = found.flatMap((one) =>
    one.test ? [{ ...one.test, scores: one.scores, cases: one.cases }] : [],
  );
  await writePredictions(folder, samples);
  if (samples.length > 0) {
    const rows = samples.map(({ one, probabilities }) => ({ one, predictions: [probabilities] }));
    await writeWhole(files(folder).picture, encodePng(contactSheet([run.name.experiment], rows)));
  }
  const result: RunResult = {
    dml: options.version,
    experiment: declaredName(run.name.experiment),
    key: identity.key,
    trainingHash: arm.training,
    evaluationHash: arm.evaluation,
    dataHash: arm.data.hash,
    engine,
    fold: identity.fold,
    seed: identity.seed,
    steps: run.steps,
    ...(loss === undefined ? {} : { loss }),
    ...(kept ? { kept } : {}),
    seconds,
    scoring,
    scores,
    cases,
    ...(tests.length > 0 ? { tests } : {}),
  };
  await writeJson(files(folder).result, result);
  options.on({ kind: 'done', run: run.name, folder, result });
  return { status: 'done', folder, result };
}
