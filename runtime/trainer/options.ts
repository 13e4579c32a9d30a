import type { Registry } from '../../compiler/registry.ts';
import type { EngineProvider } from '../engines/engine.ts';
import type { OwnComponents } from '../own/components.ts';
import type { TrainerEvent } from './events.ts';

/** All that a run takes from outside the experiment. */
export interface RunOptions {
  /** Version of dml. */
  readonly version: string;
  readonly registry: Registry;
  /** Those of the registry that are the user's own, for the worker that prepares batches. */
  readonly own?: OwnComponents;
  /** The file that was named, as written. */
  readonly source: { readonly path: string; readonly text: string };
  /** What `--set` changed in the experiment, as written. */
  readonly set?: readonly string[];
  /** Folder of the runs: `runs` beside the file, or `--out`. */
  readonly out: string;
  /** The data root. */
  readonly data: string;
  /** Best first. `auto` gives them all; a named engine is the only one. */
  readonly engines: readonly EngineProvider[];
  /** Only these of the experiment's folds and seeds, and of the sweep's arms (by number). */
  readonly folds?: readonly number[];
  readonly seeds?: readonly number[];
  readonly arms?: readonly number[];
  /** Run again what is finished, from the start. */
  readonly force?: boolean;
  /** Seconds between checkpoints; 60 unless told. */
  readonly checkpointSeconds?: number;
  /** Ends the run after the step that is under way, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly on: (event: TrainerEvent) => void;
}
