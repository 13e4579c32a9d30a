import { groupKey, runKey } from '../../compiler/identity.ts';
import type { EngineClass } from '../engines/engine.ts';
import { readJson } from '../store/files.ts';
import { files, type Identity, type KnownRun, runFolder } from '../store/run-folder.ts';
import type { Network } from './network.ts';
import type { RunOptions } from './options.ts';
import type { PlannedArm, PlannedRun } from './planned.ts';
import type { Problem } from './problem.ts';
import type { RunResult } from './result.ts';
import type { Teaching } from './teaching.ts';
import type { TrainingEnd } from './train.ts';

export interface RunTask extends Located {
  /** Whether it is run again even if it is finished. */
  readonly isForced: boolean;
  /** Whether another process that works at it is waited for. */
  readonly isAwaitable: boolean;
  /** What the labels of the run are made of, beside its data. */
  readonly teaching: Teaching;
  /** Opens the network of the arm where a run needs it; its runs share it. */
  readonly network: () => Promise<Network>;
}

export type RunEnd =
  | { readonly status: 'done'; readonly folder: string; readonly result: RunResult }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly problem: Problem };

/** What decides the folder of a run. */
export interface Located {
  readonly arm: PlannedArm;
  readonly run: PlannedRun;
  readonly engine: EngineClass;
  /** Runs that lie on disk already, under any name. */
  readonly known: readonly KnownRun[];
  readonly options: RunOptions;
}

/** A place on disk. */
export interface Address {
  readonly identity: Identity;
  readonly folder: string;
}

/** A task with its place on disk. */
export type Place = RunTask & Address;

/** The folder of a run: where it lies already, else below the name of its experiment. */
export function addressOf({ arm, run, engine, options, known }: Located): Address {
  const { experiment, fold, seed } = run.name;
  const { training, content } = arm;
  const group = groupKey(training, content, engine);
  const identity = { key: runKey(group, fold, seed), training, data: content, fold, seed };
  const before = known.find(({ environment }) => environment.identity.key === identity.key);
  return { identity, folder: before?.folder ?? runFolder(options.out, experiment, group, identity) };
}

/** The result of a finished run of this key, whatever it was scored on. */
export async function resultAt({ identity, folder }: Address): Promise<RunResult | undefined> {
  const result = await readJson<RunResult>(files(folder).result);
  return result?.key === identity.key ? result : undefined;
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
