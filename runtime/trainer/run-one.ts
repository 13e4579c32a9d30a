import { createHash } from 'node:crypto';
import { type Graph, inputsOf } from '../../compiler/graph/graph.ts';
import { type Batches, openBatches } from '../data/batches.ts';
import { encodePng } from '../data/images/encode-png.ts';
import { distinctLabels } from '../data/label-key.ts';
import type { EngineClass, Tensors } from '../engines/engine.ts';
import { contactSheet } from '../reports/picture.ts';
import { readCheckpoint, storedTensors, writeCheckpoint } from '../store/checkpoint.ts';
import { makeFolder, readJson, readWhole, writeJson, writeWhole } from '../store/files.ts';
import { lockFolder } from '../store/lock.ts';
import { type MetricsLog, openMetrics } from '../store/metrics-log.ts';
import { files, type Identity, readEnvironment, runFolder, startRun } from '../store/run-folder.ts';
import { decodeTensors, encodeTensors } from '../store/safetensors.ts';
import { evaluateCases, type Scores } from './evaluate.ts';
import { canonicalText, groupKey, runKey } from './identity.ts';
import type { Network } from './network.ts';
import type { RunOptions } from './options.ts';
import type { PlannedArm, PlannedRun } from './plan.ts';
import { writePredictions } from './predictions.ts';
import type { Problem } from './problem.ts';
import type { RunResult } from './result.ts';
import { learningRate } from './schedule.ts';
import { type State, type TrainingEnd, train } from './train.ts';
import { initialWeights } from './weights.ts';

export interface RunTask {
  readonly arm: PlannedArm;
  readonly run: PlannedRun;
  readonly engine: EngineClass;
  /** Opens the network of the arm where a run needs it; its runs share it. */
  readonly network: () => Promise<Network>;
  readonly options: RunOptions;
}

export type RunEnd =
  | { readonly status: 'done'; readonly folder: string; readonly result: RunResult }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A task with its place on disk. */
interface Place extends RunTask {
  readonly identity: Identity;
  readonly folder: string;
}

const defaultCheckpointSeconds = 60;

/**
 * One run, from whatever state its folder is in: nothing if it is finished, the evaluation alone if only that is
 * another, the rest if it was interrupted, else all of it.
 */
export async function runOne(task: RunTask): Promise<RunEnd> {
  const place = placeOf(task);
  const { folder, options, run } = place;
  const finished = options.force ? undefined : await finishedResult(place);
  if (finished?.evaluationHash === task.arm.evaluation) {
    options.on({ kind: 'skipped', run: run.name, folder, result: finished });
    return { status: 'done', folder, result: finished };
  }
  await makeFolder(folder);
  const release = await lockFolder(folder);
  try {
    return finished ? await scoreAgain(place, finished) : await trainAndScore(place);
  } finally {
    await release();
  }
}

function placeOf(task: RunTask): Place {
  const { arm, run, engine, options } = task;
  const { experiment, fold, seed } = run.name;
  const group = groupKey(arm.training, arm.data.hash, engine);
  const key = runKey(group, fold, seed);
  return {
    ...task,
    identity: { key, training: arm.training, data: arm.data.hash, fold, seed },
    folder: runFolder(options.out, experiment, group, fold, seed),
  };
}

async function finishedResult({ folder, identity }: Place): Promise<RunResult | undefined> {
  const result = await readJson<RunResult>(files(folder).result);
  return result?.key === identity.key ? result : undefined;
}

async function trainAndScore(place: Place): Promise<RunEnd> {
  const { arm, run, network, options, folder } = place;
  const { batch, loss, augment } = arm.experiment;
  // Its thread prepares the first batches while engine and graph are loaded here.
  const batches = openBatches({
    data: arm.experiment.data,
    root: options.data,
    cases: run.fold.train,
    targets: distinctLabels(loss.map(({ on }) => on)),
    size: arm.size,
    channels: arm.data.source.channels,
    batch,
    augment,
    seed: run.name.seed,
  });
  let log: MetricsLog | undefined;
  try {
    const loaded = await network();
    const start = await startOrResume(place, loaded.graph);
    log = await openMetrics(files(folder).metrics, start.metricsBytes);
    const end = await trainFrom(place, loaded, batches, log, start);
    if (end.status === 'trained') return await score(place, loaded, end.state, log);
    return reportEnd(place, end);
  } finally {
    await log?.close();
    await batches.close();
  }
}

function reportEnd(
  { options, run, folder }: Place,
  end: Exclude<TrainingEnd, { status: 'trained' }>,
): RunEnd {
  if (end.status === 'failed') {
    options.on({ kind: 'failed', run: run.name, problem: end.problem });
    return end;
  }
  const { step } = end;
  options.on({ kind: 'interrupted', run: run.name, folder, step, steps: run.steps });
  return { status: 'interrupted' };
}

/** A state between two steps, and the part of the metrics that belongs to it. */
interface Start {
  readonly state: State;
  readonly metricsBytes: number;
}

/** The newest checkpoint of this run, or its beginning in a folder that is made ready for it. */
async function startOrResume(place: Place, graph: Graph): Promise<Start> {
  const { folder, identity, options, run, engine, arm } = place;
  const before = options.force ? undefined : await readEnvironment(folder);
  if (before?.identity.key === identity.key) {
    const owner = { key: identity.key, variables: graph.variables };
    const { checkpoint, damaged } = await readCheckpoint(files(folder).checkpoints, owner);
    const notice = (message: string) => options.on({ kind: 'notice', run: run.name, message });
    for (const { file, reason } of damaged)
      notice(`${file} cannot be used: ${reason}. The run goes on from the checkpoint before it.`);
    if (checkpoint && before.dml !== options.version)
      notice(
        `The run was begun by dml ${before.dml}, this is ${options.version}: its weights may differ in the last bits.`,
      );
    if (checkpoint) return { state: checkpoint, metricsBytes: checkpoint.metricsBytes };
  }
  await startRun(folder, {
    source: options.source.text,
    experiment: canonicalText(arm.experiment),
    environment: {
      dml: options.version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      engine,
      identity,
      inputs: {
        source: createHash('sha256').update(options.source.text).digest('hex'),
        data: identity.data,
      },
      started: new Date().toISOString(),
    },
  });
  const variables = initialWeights(graph, identity.seed);
  return { state: { step: 0, variables, seconds: 0, loss: undefined }, metricsBytes: 0 };
}

async function trainFrom(
  { arm, run, options, folder, identity }: Place,
  { graph, session, parameters, phases, rate, terms }: Network,
  batches: Batches,
  log: MetricsLog,
  { state: from }: Start,
): Promise<TrainingEnd> {
  await session.init();
  await session.write(from.variables);
  const { steps, stepsPerEpoch, fold } = run;
  const cases = { train: fold.train.length, validation: fold.validation.length };
  options.on({ kind: 'start', run: run.name, folder, step: from.step, steps, parameters, cases });
  const owner = { key: identity.key, variables: graph.variables };
  return await train({
    session,
    inputs: Object.keys(inputsOf(graph, 'train')),
    batches,
    rate: learningRate(phases, { steps, stepsPerEpoch, rate }),
    steps,
    batch: arm.experiment.batch,
    terms,
    from,
    log,
    save: async (state) => {
      const metricsBytes = await log.flush();
      const file = await writeCheckpoint(files(folder).checkpoints, owner, { ...state, metricsBytes });
      options.on({ kind: 'checkpoint', run: run.name, step: state.step, file });
    },
    checkpointSeconds: options.checkpointSeconds ?? defaultCheckpointSeconds,
    signal: options.signal,
    report: (progress) => options.on({ kind: 'progress', run: run.name, ...progress }),
  });
}

/** Scores a trained network and writes what it became. */
async function score(place: Place, network: Network, state: State, log: MetricsLog): Promise<RunEnd> {
  const { folder, run } = place;
  const found = await evaluate(place, network);
  if (!found) return reportEnd(place, { status: 'interrupted', step: run.steps });
  const kept = network.graph.variables.filter(({ role }) => role !== 'optimizer');
  const tensors = storedTensors(kept, state.variables);
  await writeWhole(files(folder).weights, encodeTensors({ tensors, metadata: {} }));
  log.append({ step: run.steps, scores: found.scores });
  await log.flush();
  return await finish(place, found, state);
}

/** Scores the weights of a finished run on other metrics. */
async function scoreAgain(place: Place, before: RunResult): Promise<RunEnd> {
  const { folder, network, run } = place;
  const loaded = await network();
  const bytes = await readWhole(files(folder).weights);
  const file = bytes ? decodeTensors(bytes) : { reason: 'it is gone' };
  if ('reason' in file) {
    const problem: Problem = {
      message: `${files(folder).weights} cannot be read: ${file.reason}.`,
      help: 'Run with --force to train again.',
      exit: 2,
    };
    return reportEnd(place, { status: 'failed', problem });
  }
  const variables: Tensors = new Map([...file.tensors].map(([name, { data }]) => [name, data]));
  await loaded.session.init();
  await loaded.session.write(variables);
  const found = await evaluate(place, loaded);
  if (!found) return reportEnd(place, { status: 'interrupted', step: run.steps });
  const state = { step: before.steps, variables, seconds: before.seconds, loss: before.loss };
  return await finish(place, found, state);
}

async function evaluate({ arm, run, options }: Place, { session }: Network): Promise<Scores | undefined> {
  const { experiment, data, size } = arm;
  const found = await evaluateCases({
    session,
    data,
    cases: run.fold.validation,
    measures: experiment.evaluate,
    registry: options.registry,
    size,
    batch: experiment.batch,
    signal: options.signal,
  });
  if (found) options.on({ kind: 'evaluation', run: run.name, step: run.steps, scores: found.scores });
  return found;
}

/** The result is written last: a run without one is not finished. */
async function finish(
  place: Place,
  { scores, cases, samples }: Scores,
  { loss, seconds }: State,
): Promise<RunEnd> {
  const { folder, run, arm, engine, identity, options } = place;
  await writePredictions(folder, samples);
  if (samples.length > 0) {
    const rows = samples.map(({ one, probabilities }) => ({ one, predictions: [probabilities] }));
    await writeWhole(files(folder).picture, encodePng(contactSheet([run.name.experiment], rows)));
  }
  const result: RunResult = {
    dml: options.version,
    experiment: run.name.experiment,
    key: identity.key,
    trainingHash: arm.training,
    evaluationHash: arm.evaluation,
    dataHash: identity.data,
    engine,
    fold: identity.fold,
    seed: identity.seed,
    steps: run.steps,
    ...(loss === undefined ? {} : { loss }),
    seconds,
    scores,
    cases,
  };
  await writeJson(files(folder).result, result);
  options.on({ kind: 'done', run: run.name, folder, result });
  return { status: 'done', folder, result };
}
