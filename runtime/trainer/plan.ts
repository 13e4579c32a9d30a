import type { Experiment } from '../../compiler/experiment.ts';
import { contentKey, evaluationHash, trainingHash } from '../../compiler/identity.ts';
import type { Registry } from '../../compiler/registry.ts';
import { batchesPerEpoch, stepsOf } from '../data/batch-plan.ts';
import { foldOf, foldsOf, inputSize } from '../data/open.ts';
import type { PictureShape } from '../data/resample.ts';
import { openScorers } from '../metrics/score.ts';
import { dataOpener, type OpenData } from './data.ts';
import type { RunName } from './events.ts';
import { openTests } from './open-tests.ts';
import { planTeachers } from './plan-teachers.ts';
import type { Arm, PlannedArm, PlannedRun, Replicas } from './planned.ts';
import type { Problem } from './problem.ts';
import { unsearchable } from './search.ts';
import { type SharedCases, sharedCases } from './shared-cases.ts';
import { readStart } from './start-weights.ts';

/** What is to be run, and on what. */
export interface Choice {
  readonly registry: Registry;
  /** The data root. */
  readonly data: string;
  readonly folds?: readonly number[];
  readonly seeds?: readonly number[];
}

/**
 * Opens the data of all arms and lists their runs: arms × folds × seeds, in this order, each arm with those of its
 * teachers that its own runs need. What is wrong with data, or with a metric on them, shows here, before anything is
 * trained, as a DataError or a MetricError.
 */
export async function planRuns(
  arms: readonly Arm[],
  choice: Choice,
): Promise<readonly PlannedArm[] | Problem> {
  const open = opener(choice);
  const planned: PlannedArm[] = [];
  for (const arm of arms) {
    const { experiment } = arm;
    const { source } = await open.data(experiment.data);
    const allFolds = await foldsOfExperiment(experiment, source.cases, choice.data, choice.registry);
    const folds = choose('fold', allFolds, choice.folds, experiment.name);
    const seeds = choose('seed', experiment.seed, choice.seeds, experiment.name);
    if ('message' in folds) return folds;
    if ('message' in seeds) return seeds;
    const one = await planArm(arm, { folds, seeds }, open);
    if ('message' in one) return one;
    const complete = one.runs.length === allFolds.length * experiment.seed.length;
    planned.push({ ...one, complete });
  }
  return planned;
}

/** Opens what the arms read, equal things once. */
interface Opener {
  readonly registry: Registry;
  /** The data root. */
  readonly root: string;
  readonly data: ReturnType<typeof dataOpener>;
  size(experiment: Experiment, data: OpenData): Promise<PictureShape>;
  readonly shared: SharedCases;
}

function opener({ data: root, registry }: Choice): Opener {
  const sizes = new Map<string, Promise<PictureShape>>();
  return {
    registry,
    root,
    data: dataOpener(root, registry),
    shared: sharedCases(),
    size(experiment, data) {
      const key = JSON.stringify([data.hash, experiment.crop, experiment.data.size]);
      const size = sizes.get(key) ?? inputSize(experiment, data.source);
      sizes.set(key, size);
      return size;
    },
  };
}

/** An arm with these of its runs, and those that come before them. `purpose` is what it is trained for. */
async function planArm(
  arm: Arm,
  replicas: Replicas,
  open: Opener,
  purpose: Purpose = {},
): Promise<PlannedArm | Problem> {
  const { experiment } = arm;
  const data = await open.data(experiment.data);
  const classes = experiment.data.classes.map(({ name }) => name);
  await openScorers(experiment.evaluate, open.registry, classes);
  const size = await open.size(experiment, data);
  const [height, width] = size;
  const dimensions = { height, width, channels: data.source.channels };
  const start = await readStart(experiment, dimensions, open.root, open.registry);
  const runs = await listRuns(arm, data, replicas, open, purpose);
  const problem = unsearchable({ experiment, runs });
  if (problem) return problem;
  const teachers = await planTeachers(
    { experiment, data, size, runs, replicas },
    {
      registry: open.registry,
      shared: open.shared,
      plan: (other, needed, why) => planArm({ experiment: other }, needed, open, why),
    },
  );
  if ('message' in teachers) return teachers;
  const tests = await openTests({ experiment, data, size }, open);
  if ('message' in tests) return tests;
  return {
    ...arm,
    data,
    tests,
    size,
    training: trainingHash(experiment),
    evaluation: contentKey([evaluationHash(experiment), ...tests.map(({ hash }) => hash)]),
    content: contentKey([data.hash, start?.hash ?? '', ...teachers.map(({ arm: { content } }) => content)]),
    start,
    teachers,
    runs,
    complete: false,
  };
}

/** What the runs of an arm come first for; nothing for those that are asked for. */
type Purpose = Pick<RunName, 'teacherOf' | 'startOf'>;

async function listRuns(
  { experiment, arm }: Arm,
  { source }: OpenData,
  { folds, seeds }: Replicas,
  { root, registry }: Opener,
  purpose: Purpose,
): Promise<readonly PlannedRun[]> {
  const runs: PlannedRun[] = [];
  for (const index of folds) {
    const fold = await foldOf(experiment.data, source.cases, index, root, registry);
    const stepsPerEpoch = batchesPerEpoch({ cases: fold.train, batch: experiment.batch });
    for (const seed of seeds) {
      const name = {
        experiment: experiment.name,
        ...(arm ? { arm } : {}),
        ...purpose,
        fold: index,
        seed,
        index: 0,
        of: 0,
      };
      runs.push({ name, fold, stepsPerEpoch, steps: stepsOf(experiment, stepsPerEpoch) });
    }
  }
  return runs;
}

/** The folds that an experiment is trained on, each for itself. */
export async function foldsOfExperiment(
  { fold, data }: Experiment,
  cases: readonly string[],
  root: string,
  registry: Registry,
): Promise<readonly (number | 'none')[]> {
  if (fold === 'none') return ['none'];
  if (fold === 'all') return (await foldsOf(data, cases, root, registry)).map((_, index) => index);
  return fold;
}

/** Those of the values that were asked for, in the order of the experiment. */
function choose<T extends number | 'none'>(
  kind: 'fold' | 'seed',
  all: readonly T[],
  wanted: readonly number[] | undefined,
  experiment: string,
): readonly T[] | Problem {
  if (!wanted) return all;
  const foreign = wanted.find((value) => !(all as readonly (number | 'none')[]).includes(value));
  if (foreign === undefined)
    return all.filter((value) => (wanted as readonly (number | 'none')[]).includes(value));
  return {
    message: `The experiment ${experiment} has no ${kind} ${foreign}.`,
    help: `It has ${kind} ${all.join(', ')}; \`${kind}:\` in the experiment says which.`,
    exit: 2,
  };
}
