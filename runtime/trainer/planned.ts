import type { Distilled, Experiment, Trained } from '../../compiler/experiment.ts';
import type { Dimensions } from '../build.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Fold } from '../folds/fold.ts';
import type { OpenData } from './data.ts';
import type { RunName } from './events.ts';
import type { StartWeights } from './start-weights.ts';

/** An experiment, or an arm of a sweep with its place there. */
export interface Arm {
  readonly experiment: Experiment;
  readonly arm?: NonNullable<RunName['arm']>;
}

/** An arm whose data are open and known to be sound. */
export interface PlannedArm extends Arm {
  readonly data: OpenData;
  /** The data sets of `test`, in their order. */
  readonly tests: readonly OpenData[];
  /** [height, width] of the graph's input. */
  readonly size: PictureShape;
  readonly training: string;
  /** SHA-256 of what decides the scores of trained weights, the content of `tests` included. */
  readonly evaluation: string;
  /** SHA-256 of the content of all that its runs read: data, weights to begin with, and those of its teachers. */
  readonly content: string;
  /** Weights to begin with, where they are those of a file. */
  readonly start: StartWeights | undefined;
  readonly teachers: readonly PlannedTeacher[];
  readonly runs: readonly PlannedRun[];
  /** Whether `runs` are all folds × seeds of the experiment. */
  readonly complete: boolean;
}

/** What the graph of an arm needs to know of its data. */
export const dimensionsOf = ({ size: [height, width], data }: PlannedArm): Dimensions => ({
  height,
  width,
  channels: data.source.channels,
});

export interface PlannedRun {
  readonly name: RunName;
  readonly fold: Fold;
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** Folds and seeds of an experiment. */
export interface Replicas {
  readonly folds: readonly (number | 'none')[];
  readonly seeds: readonly number[];
}

/** Networks of another experiment that come first: an arm learns from them, is scored on them or begins with them. */
export interface PlannedTeacher {
  /** See `teacherKey`. */
  readonly key: string;
  readonly pick: Distilled['pick'];
  /** Those of the same fold, or of this one. */
  readonly fold: Trained['fold'];
  /** How a teacher predicts; nothing where only its weights are taken. */
  readonly predict: Distilled['predict'];
  /** Those that are asked. */
  readonly heads: readonly string[];
  /** Whether the loss needs it, and whether the metrics do. */
  readonly trains: boolean;
  readonly scores: boolean;
  /** Whether the training begins with its weights. */
  readonly starts: boolean;
  /** With the runs that are needed: of the student's folds, and for each of them the seeds that `pick` chooses from. */
  readonly arm: PlannedArm;
}

/** Whether a run of a teacher is of the fold that a student's run needs. */
export const isOfFold = ({ fold }: PlannedTeacher, teacher: RunName, student: RunName): boolean =>
  teacher.fold === (fold === 'same' ? student.fold : fold);
