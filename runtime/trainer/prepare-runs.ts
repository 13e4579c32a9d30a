import type { Graph } from '../../compiler/graph/graph.ts';
import { build } from '../build.ts';
import { type KnownRun, listRuns } from '../store/run-folder.ts';
import { checkCases } from './check-cases.ts';
import { checkFolder } from './check-folder.ts';
import { checkTeachers } from './check-teachers.ts';
import { checkTests } from './check-tests.ts';
import { type ChosenEngine, chooseEngine } from './choose-engine.ts';
import type { RunOptions } from './options.ts';
import { planRuns } from './plan.ts';
import { type Arm, dimensionsOf, type PlannedArm } from './planned.ts';
import type { Problem } from './problem.ts';
import { isDone, type QueuedArm, type QueuedRun, queueRuns } from './queue.ts';
import { recordedClass } from './recorded-class.ts';
import { sharedCases } from './shared-cases.ts';

/** A run whose folder can be worked in. */
export interface PreparedRun extends QueuedRun {
  /** Steps that need not be done again: those before its newest checkpoint. */
  readonly done: number;
  /** Another process that works at it and is waited for: `process 123`. */
  readonly holder?: string;
}

/** An arm whose runs can begin. */
export interface PreparedArm extends QueuedArm {
  readonly runs: readonly PreparedRun[];
  /** Of the training step; absent where all runs are finished. */
  readonly graph: Graph | undefined;
}

/** All that is known before the first step. */
export interface PreparedRuns {
  /** What was asked for. */
  readonly planned: readonly PlannedArm[];
  readonly known: readonly KnownRun[];
  readonly engine: ChosenEngine;
  /** In the order in which they are done. */
  readonly queue: readonly PreparedArm[];
}

/**
 * All that is done before the first step, by a run and by a plan of it alike. Nothing is written. Whatever can be wrong by
 * then shows here: as a problem, or as an error of data, model, metric or store.
 */
export async function prepareRuns(
  arms: readonly Arm[],
  options: RunOptions,
): Promise<PreparedRuns | Problem> {
  const planned = await planRuns(arms, options);
  if ('message' in planned) return planned;
  const known = await listRuns(options.out);
  const recorded = options.force ? undefined : await recordedClass(planned, known);
  const engine = await chooseEngine(options.engines, recorded);
  if ('message' in engine) return engine;

  const shelf = { engine: engine.class, known, options };
  const shared = sharedCases();
  const queue: PreparedArm[] = [];
  for (const arm of await queueRuns(planned, shelf)) {
    const graph = arm.runs.every(isDone) ? undefined : await graphOf(arm, options);
    const runs: PreparedRun[] = [];
    for (const run of arm.runs) {
      const checked = graph
        ? await checkFolder(run, arm, graph, options.force === true)
        : { done: run.steps };
      if ('message' in checked) return checked;
      runs.push({ ...run, ...checked });
    }
    queue.push({ ...arm, graph, runs });
    const problem = (await checkTeachers(arm, shelf)) ?? (await checkTests(arm, shared));
    if (problem) return problem;
  }
  await checkCases(queue, options);
  return { planned, known, engine, queue };
}

const graphOf = async (arm: PlannedArm, { registry }: RunOptions) =>
  (await build(arm.experiment, dimensionsOf(arm), registry)).graph;
