import { inputsOf } from '../../compiler/graph/graph.ts';
import { type Batches, openBatches } from '../data/batches.ts';
import { distinctLabels } from '../data/label-key.ts';
import { writeCheckpoint } from '../store/checkpoint.ts';
import { makeFolder } from '../store/files.ts';
import { awaitFolder, lockFolder } from '../store/lock.ts';
import { type MetricsLog, openMetrics } from '../store/metrics-log.ts';
import { files } from '../store/run-folder.ts';
import type { Network } from './network.ts';
import type { RunResult } from './result.ts';
import { addressOf, type Place, type RunEnd, type RunTask, reportEnd, resultAt } from './run-task.ts';
import { learningRate } from './schedule.ts';
import { score, scoreAgain } from './score-run.ts';
import { openSearch } from './search.ts';
import { type Start, startOrResume } from './start-run.ts';
import { type TrainingEnd, train } from './train.ts';

const defaultCheckpointSeconds = 60;

/**
 * One run, from whatever state its folder is in: nothing if it is finished, the evaluation alone if only that is
 * another, the rest if it was interrupted, else all of it.
 */
export async function runOne(task: RunTask): Promise<RunEnd> {
  const place = { ...task, ...addressOf(task) };
  const before = await skipFinished(place);
  if (before) return before;
  await makeFolder(place.folder);
  const release = await take(place);
  if (!release) return reportEnd(place, { status: 'interrupted', step: 0 });
  try {
    // Whoever held the lock until now may have done it.
    return (await skipFinished(place)) ?? (await runLocked(place));
  } finally {
    await release();
  }
}

/** What comes first for another run may be in the hands of another process, which is waited for: both want the same. */
async function take({
  folder,
  run,
  options,
  isAwaitable,
}: Place): Promise<(() => Promise<void>) | undefined> {
  if (!isAwaitable) return await lockFolder(folder);
  return await awaitFolder(folder, {
    begin: ({ pid, host }) => options.on({ kind: 'waiting', run: run.name, folder, process: pid, host }),
    signal: options.signal,
  });
}

async function skipFinished(place: Place): Promise<RunEnd | undefined> {
  const { folder, options, run, arm } = place;
  const result = await finishedResult(place);
  if (!result || result.evaluationHash !== arm.evaluation) return undefined;
  options.on({ kind: 'skipped', run: run.name, folder, result });
  return { status: 'done', folder, result };
}

async function runLocked(place: Place): Promise<RunEnd> {
  const finished = await finishedResult(place);
  return finished ? await scoreAgain(place, finished) : await trainAndScore(place);
}

/** The result of this run, whatever it was scored on; where it is to be run by force there is none. */
async function finishedResult(place: Place): Promise<RunResult | undefined> {
  return place.isForced ? undefined : await resultAt(place);
}

async function trainAndScore(place: Place): Promise<RunEnd> {
  const { arm, run, network, options, folder, teaching } = place;
  const { batch, loss, augment } = arm.experiment;
  // Its thread prepares the first batches while engine and graph are loaded here.
  const batches = openBatches(
    {
      data: arm.experiment.data,
      root: options.data,
      cases: run.fold.train,
      targets: distinctLabels(loss.map(({ on }) => on)).map(teaching.resolve),
      teachers: teaching.teachers,
      size: arm.size,
      channels: arm.data.source.channels,
      batch,
      augment,
      seed: run.name.seed,
    },
    options.own,
  );
  let log: MetricsLog | undefined;
  try {
    const loaded = await network();
    const start = await startOrResume(place, loaded);
    log = await openMetrics(files(folder).metrics, start.metricsBytes);
    const end = await trainFrom(place, loaded, batches, log, start);
    if (end.status === 'trained') return await score(place, loaded, end.state, log);
    return reportEnd(place, end);
  } finally {
    await log?.close();
    await batches.close();
  }
}

async function trainFrom(
  place: Place,
  network: Network,
  batches: Batches,
  log: MetricsLog,
  { state: from }: Start,
): Promise<TrainingEnd> {
  const { arm, run, options, folder, identity } = place;
  const { graph, session, parameters, phases, rate, terms } = network;
  const search = await openSearch(place, network);
  await session.init();
  await session.write(from.variables);
  const { steps, stepsPerEpoch, fold } = run;
  const tested = arm.tests.reduce((sum, { source }) => sum + source.cases.length, 0);
  const counts = { train: fold.train.length, validation: fold.validation.length };
  const cases = { ...counts, ...(tested > 0 ? { test: tested } : {}) };
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
    search,
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
