import type { DataSet, LabelSource, Use } from '../../compiler/experiment.ts';
import type { Batch } from './batch.ts';

/** All that decides a batch: plain data, which crosses to the worker as it is. */
export interface BatchPlan {
  readonly data: DataSet;
  /** The data root. */
  readonly root: string;
  /** Cases of the fold's training part, in the order of the source. */
  readonly cases: readonly string[];
  /** Distinct targets of the loss, in the order of the graph's inputs `labels0` … */
  readonly targets: readonly LabelSource[];
  /** [height, width] of the graph's input: see `inputSize`. */
  readonly size: readonly [height: number, width: number];
  readonly channels: number;
  /** Images in a batch. */
  readonly batch: number;
  readonly augment: readonly Use[];
  readonly seed: number;
}

/** Batches by index, prepared ahead in a worker. */
export interface Batches {
  /** Batches in one epoch: whole ones only, at least one. */
  readonly perEpoch: number;
  /**
   * Batch `index`, a pure function of plan and index. Its arrays are valid until the next call. Asking in ascending
   * order, from any start, finds the next ones ready. Rejects with a DataError where data are bad.
   */
  get(index: number): Promise<Batch>;
  close(): Promise<void>;
}
