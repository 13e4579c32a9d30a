import type { DataSet, Experiment, LabelSource, Use } from '../../compiler/experiment.ts';
import { random } from '../random.ts';
import type { Batch } from './batch.ts';
import { classMap } from './classes.ts';
import type { PictureShape } from './resample.ts';
import type { TeacherFolders } from './teacher.ts';

/** All that decides a batch: plain data, which crosses to the worker as it is. */
export interface BatchPlan {
  readonly data: DataSet;
  /** The data root. */
  readonly root: string;
  /** Cases of the fold's training part, in the order of the source. */
  readonly cases: readonly string[];
  /** Distinct targets of the loss, in the order of the graph's inputs `labels0` … */
  readonly targets: readonly LabelSource[];
  /** Where what the teachers of these targets predict lies. */
  readonly teachers: TeacherFolders;
  /** [height, width] of the graph's input: see `inputSize`. */
  readonly size: PictureShape;
  readonly channels: number;
  /** Images in a batch. */
  readonly batch: number;
  readonly augment: readonly Use[];
  readonly seed: number;
}

/** Batches in an epoch: whole ones only, the rest of the cases waits for the next order. At least one. */
export function batchesPerEpoch({ cases, batch }: Pick<BatchPlan, 'cases' | 'batch'>): number {
  return Math.max(1, Math.floor(cases.length / batch));
}

/** Steps of a run. `train` in epochs comes to the nearest whole number of steps. */
export function stepsOf({ train }: Pick<Experiment, 'train'>, stepsPerEpoch: number): number {
  if (train === 'none') return 0;
  return Math.round(train.unit === 'epochs' ? train.value * stepsPerEpoch : train.value);
}

/** A case in its place in a batch. */
export interface Place {
  readonly id: string;
  readonly epoch: number;
  /** How often the case stands in this epoch before: not 0 only where a batch is larger than the data. */
  readonly repeat: number;
}

/** The cases of a batch: each epoch has its own order, drawn from the seed. */
export function placesOf(
  { cases, batch, seed }: Pick<BatchPlan, 'cases' | 'batch' | 'seed'>,
  index: number,
): Place[] {
  const perEpoch = batchesPerEpoch({ cases, batch });
  const epoch = Math.floor(index / perEpoch);
  const order = random(seed, 'order', epoch).permutation(cases.length);
  return Array.from({ length: batch }, (_, k) => {
    const at = (index % perEpoch) * batch + k;
    return { id: cases[order[at % cases.length]!]!, epoch, repeat: Math.floor(at / cases.length) };
  });
}

/** Elements of each array of a batch, one after the other as they lie in one buffer. */
function lengths({ data, batch, size, channels, targets }: BatchPlan) {
  const pixels = batch * size[0] * size[1];
  return {
    image: pixels * channels,
    labels: pixels * classMap(data.classes).count,
    count: targets.length,
    keep: pixels,
  };
}

/** Bytes of a batch. */
export function batchBytes(plan: BatchPlan): number {
  const { image, labels, count, keep } = lengths(plan);
  return Float32Array.BYTES_PER_ELEMENT * (image + labels * count + keep);
}

/** The arrays of a batch that begins at byte `offset` of a buffer. */
export function batchIn(buffer: ArrayBuffer | SharedArrayBuffer, offset: number, plan: BatchPlan): Batch {
  const { image, labels, count, keep } = lengths(plan);
  let at = offset;
  const next = (length: number) => {
    const array = new Float32Array(buffer, at, length);
    at += array.byteLength;
    return array;
  };
  return { image: next(image), labels: Array.from({ length: count }, () => next(labels)), keep: next(keep) };
}
