import { groupKey, runKey } from '../../compiler/identity.ts';
import type { EngineClass } from '../engines/engine.ts';
import { type Identity, type KnownRun, runFolder } from '../store/run-folder.ts';
import type { Network } from './network.ts';
import type { RunOptions } from './options.ts';
import type { PlannedArm, PlannedRun } from './plan.ts';
import type { Problem } from './problem.ts';
import type { RunResult } from './result.ts';
import type { TrainingEnd } from './train.ts';

export interface RunTask {
  readonly arm: PlannedArm;
  readonly run: PlannedRun;
  readonly engine: EngineClass;
  /** Runs that lie on disk already, under any name. */
  readonly known: readonly KnownRun[];
  /** Opens the network of the arm where a run needs it; its runs share it. */
  readonly network: () => Promise<Network>;
  readonly options: RunOptions;
}

export type RunEnd =
  | { readonly status: 'done'; readonly folder: string; readonly result: RunResult }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A task with its place on disk. */
export interface Place extends RunTask {
  readonly identity: Identity;
  readonly folder: string;
}

/** The folder of a run: where it lies already, else below the name of its experiment. */
export function placeOf(task: RunTask): Place {
  const { arm, run, engine, options, known } = task;
  const { experiment, fold, seed } = run.name;
  const group = groupKey(arm.training, arm.data.hash, engine);
  const identity = {
    key: runKey(group, fold, seed),
    training: arm.training,
    data: arm.data.hash,
    fold,
    seed,
  };
  const before = known.find(({ environment }) => environment.identity.key === identity.key);
  return { ...task, identity, folder: before?.folder ?? runFolder(options.out, experiment, group, identity) };
}

/** Tells how a run ended that did not come to its scores. */
export function reportEnd(
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
