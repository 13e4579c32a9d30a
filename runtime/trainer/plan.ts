import type { Experiment } from '../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../compiler/identity.ts';
import type { Registry } from '../../compiler/registry.ts';
import { batchesPerEpoch } from '../data/batch-plan.ts';
import { foldOf, foldsOf, inputSize } from '../data/open.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Fold } from '../folds/fold.ts';
import { dataOpener, type OpenData } from './data.ts';
import type { RunName } from './events.ts';
import type { Problem } from './problem.ts';

/** An experiment, or an arm of a sweep with its place there. */
export interface Arm {
  readonly experiment: Experiment;
  readonly arm?: NonNullable<RunName['arm']>;
}

/** An arm whose data are open and known to be sound. */
export interface PlannedArm extends Arm {
  readonly data: OpenData;
  /** [height, width] of the graph's input. */
  readonly size: PictureShape;
  readonly training: string;
  readonly evaluation: string;
  readonly runs: readonly PlannedRun[];
  /** Whether `runs` are all folds × seeds of the experiment. */
  readonly complete: boolean;
}

export interface PlannedRun {
  readonly name: RunName;
  readonly fold: Fold;
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** What is to be run, and on what. */
export interface Choice {
  readonly registry: Registry;
  /** The data root. */
  readonly data: string;
  readonly folds?: readonly number[];
  readonly seeds?: readonly number[];
}

/**
 * Opens the data of all arms and lists their runs: arms × folds × seeds, in this order. What is wrong with data shows
 * here, before anything is trained, as a DataError.
 */
export async function planRuns(
  arms: readonly Arm[],
  choice: Choice,
): Promise<readonly PlannedArm[] | Problem> {
  const open = dataOpener(choice.data, choice.registry);
  const sizes = new Map<string, Promise<PictureShape>>();
  const planned: PlannedArm[] = [];
  for (const arm of arms) {
    const { experiment } = arm;
    const data = await open(experiment.data);
    const sizeKey = JSON.stringify([data.hash, experiment.crop, experiment.data.size]);
    const size = sizes.get(sizeKey) ?? inputSize(experiment, data.source);
    sizes.set(sizeKey, size);
    const runs = await listRuns(arm, data, choice);
    if ('message' in runs) return runs;
    planned.push({
      ...arm,
      ...runs,
      data,
      size: await size,
      training: trainingHash(experiment),
      evaluation: evaluationHash(experiment),
    });
  }
  return numbered(planned);
}

async function listRuns(
  { experiment, arm }: Arm,
  { source }: OpenData,
  { registry, folds, seeds }: Choice,
): Promise<Pick<PlannedArm, 'runs' | 'complete'> | Problem> {
  const allFolds = await foldsOfExperiment(experiment, source.cases, registry);
  const chosenFolds = choose('fold', allFolds, folds, experiment.name);
  const chosenSeeds = choose('seed', experiment.seed, seeds, experiment.name);
  if ('message' in chosenFolds) return chosenFolds;
  if ('message' in chosenSeeds) return chosenSeeds;
  const runs: PlannedRun[] = [];
  for (const index of chosenFolds) {
    const fold = await foldOf(experiment.data, source.cases, index, registry);
    const stepsPerEpoch = batchesPerEpoch({ cases: fold.train, batch: experiment.batch });
    for (const seed of chosenSeeds) {
      const name = {
        experiment: experiment.name,
        ...(arm ? { arm } : {}),
        fold: index,
        seed,
        index: 0,
        of: 0,
      };
      runs.push({ name, fold, stepsPerEpoch, steps: stepsOf(experiment, stepsPerEpoch) });
    }
  }
  return { runs, complete: runs.length === allFolds.length * experiment.seed.length };
}

async function foldsOfExperiment(
  { fold, data }: Experiment,
  cases: readonly string[],
  registry: Registry,
): Promise<readonly (number | 'none')[]> {
  if (fold === 'none') return ['none'];
  if (fold === 'all') return (await foldsOf(data, cases, registry)).map((_, index) => index);
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

function stepsOf({ train }: Experiment, stepsPerEpoch: number): number {
  if (train === 'none') return 0;
  return Math.round(train.unit === 'epochs' ? train.value * stepsPerEpoch : train.value);
}

function numbered(arms: readonly PlannedArm[]): readonly PlannedArm[] {
  const of = arms.reduce((sum, { runs }) => sum + runs.length, 0);
  let index = 0;
  return arms.map((arm) => ({
    ...arm,
    runs: arm.runs.map((run) => ({ ...run, name: { ...run.name, index: index++, of } })),
  }));
}
