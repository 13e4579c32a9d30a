import type { Experiment, Sweep } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { EngineProvider } from '../engines/engine.ts';
import type { TrainerEvent } from './events.ts';
import type { Problem } from './problem.ts';
import type { Aggregate, RunResult, SweepTable, Verdict } from './result.ts';

/** All that a run takes from outside the experiment. */
export interface RunOptions {
  /** Version of dml. */
  readonly version: string;
  readonly registry: Registry;
  /** The file that was named, as written. */
  readonly source: { readonly path: string; readonly text: string };
  /** Folder of the runs: `runs` beside the file, or `--out`. */
  readonly out: string;
  /** The data root. */
  readonly data: string;
  /** Best first. `auto` gives them all; a named engine is the only one. */
  readonly engines: readonly EngineProvider[];
  /** Only these of the experiment's folds and seeds. */
  readonly folds?: readonly number[];
  readonly seeds?: readonly number[];
  /** Run again what is finished, from the start. */
  readonly force?: boolean;
  /** Seconds between checkpoints; 60 unless told. */
  readonly checkpointSeconds?: number;
  /** Ends the run after the step that is under way, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly on: (event: TrainerEvent) => void;
}

interface Ended {
  readonly status: 'done' | 'interrupted' | 'failed';
  /** Present if failed. */
  readonly problem?: Problem;
}

export interface ExperimentOutcome extends Ended {
  /** Those that are finished. */
  readonly runs: readonly { readonly folder: string; readonly result: RunResult }[];
  readonly aggregates: readonly Aggregate[];
  readonly verdicts: readonly Verdict[];
}

export interface SweepOutcome extends Ended {
  /** Folder of the sweep, with `result.json` and `picture.png` once all runs are finished. */
  readonly folder?: string;
  readonly arms: readonly ExperimentOutcome[];
  readonly table: SweepTable;
  readonly picture?: string;
}

/** Trains and evaluates an experiment: its folds × seeds, or those that are asked for. */
export type RunExperiment = (experiment: Experiment, options: RunOptions) => Promise<ExperimentOutcome>;

/** Trains and evaluates all arms of a sweep. */
export type RunSweep = (sweep: Sweep, options: RunOptions) => Promise<SweepOutcome>;
