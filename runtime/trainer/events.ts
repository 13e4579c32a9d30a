import type { EngineClass } from '../engines/engine.ts';
import type { Problem } from './problem.ts';
import type { RunResult, Score } from './result.ts';

/** Which of the runs an event is about. An experiment is folds × seeds of them, a sweep arms × folds × seeds. */
export interface RunName {
  /** Name of the experiment; of the sweep's arm, that of its base. */
  readonly experiment: string;
  /** Number of the arm, from 1, and its values as written; absent outside a sweep. */
  readonly arm?: { readonly number: number; readonly values: readonly string[] };
  /** The experiment that it is trained for, if that is what was asked for: as its teacher, or to begin with its weights. */
  readonly teacherOf?: string;
  readonly startOf?: string;
  readonly fold: number | 'none';
  readonly seed: number;
  /** Place among the runs that are to be done, teachers included, from 0, and how many those are. */
  readonly index: number;
  readonly of: number;
}

/**
 * What the trainer tells while it works, in this order: `engine` once; then for each run either `skipped`, or
 * `start`, `progress`, `checkpoint` and `look` as they come, `evaluation`, and one of `done`, `interrupted`, `failed`. Before the
 * first run of an arm that has teachers come `predicting` and `temperature`.
 * Printing is not the trainer's.
 */
export type TrainerEvent =
  | EngineEvent
  | StartEvent
  | SkippedEvent
  | ProgressEvent
  | CheckpointEvent
  | LookEvent
  | WaitingEvent
  | PredictingEvent
  | TemperatureEvent
  | EvaluationEvent
  | NoticeEvent
  | DoneEvent
  | InterruptedEvent
  | FailedEvent;

/** The engine is chosen; it may still be loading. */
export interface EngineEvent {
  readonly kind: 'engine';
  readonly class: EngineClass;
  /** Why this one: `recorded` is the class of an interrupted run that goes on. */
  readonly why: 'asked for' | 'best that works' | 'recorded';
}

/** The graph is built, the first step is about to be done. */
export interface StartEvent {
  readonly kind: 'start';
  readonly run: RunName;
  readonly folder: string;
  /** Step that it begins with: 0, or that of the checkpoint. */
  readonly step: number;
  readonly steps: number;
  /** Trained numbers: elements of all weights. */
  readonly parameters: number;
  readonly cases: {
    readonly train: number;
    readonly validation: number;
    /** Of all test sets; absent without any. */
    readonly test?: number;
  };
}

/** A finished run of the same key was found: nothing is done again. */
export interface SkippedEvent {
  readonly kind: 'skipped';
  readonly run: RunName;
  readonly folder: string;
  readonly result: RunResult;
}

/** After the first step, after the last one, and about ten times a second between them. */
export interface ProgressEvent {
  readonly kind: 'progress';
  readonly run: RunName;
  /** Steps done. */
  readonly step: number;
  readonly steps: number;
  /** Means over the steps since the last such event. Terms by their name, unweighted. */
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  /** Learning rate of the last step. */
  readonly rate: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

export interface CheckpointEvent {
  readonly kind: 'checkpoint';
  readonly run: RunName;
  readonly step: number;
  readonly file: string;
}

/** A look at the validation cases in the middle of the training, to keep the best weights. */
export interface LookEvent {
  readonly kind: 'look';
  readonly run: RunName;
  /** Steps done. */
  readonly step: number;
  readonly steps: number;
  /** Of this look, from 1. */
  readonly count: number;
  readonly metric: string;
  /** As in `Measured`. */
  readonly unit?: string;
  /** Absent where the cases say nothing. */
  readonly value?: number;
  /** Whether these are the best weights so far. */
  readonly isBest: boolean;
}

/** Another process works at a run that comes first for another one: its end is waited for, and its run then used. */
export interface WaitingEvent {
  readonly kind: 'waiting';
  readonly run: RunName;
  readonly folder: string;
  readonly process: number;
  /** Name of its machine. */
  readonly host: string;
}

/** A trained teacher is about to predict cases that its student needs and that it has not predicted before. */
export interface PredictingEvent {
  readonly kind: 'predicting';
  /** The teacher's. */
  readonly run: RunName;
  readonly student: string;
  readonly cases: number;
}

/** A temperature was fitted on the validation cases of the fold. */
export interface TemperatureEvent {
  readonly kind: 'temperature';
  /** The student's. */
  readonly run: RunName;
  /** The label source up to the step, as written. */
  readonly labels: string;
  readonly temperature: number;
  readonly cases: number;
}

/** Scores on the validation cases of the fold and on the test sets. */
export interface EvaluationEvent {
  readonly kind: 'evaluation';
  readonly run: RunName;
  readonly step: number;
  readonly scores: readonly Score[];
}

/** Something that the user should know and that stops nothing, such as a damaged checkpoint with an older one behind it. */
export interface NoticeEvent {
  readonly kind: 'notice';
  readonly run: RunName;
  readonly message: string;
}

export interface DoneEvent {
  readonly kind: 'done';
  readonly run: RunName;
  readonly folder: string;
  readonly result: RunResult;
}

/** Stopped by the signal after a whole step; running again goes on from `step`. */
export interface InterruptedEvent {
  readonly kind: 'interrupted';
  readonly run: RunName;
  readonly folder: string;
  readonly step: number;
  readonly steps: number;
}

export interface FailedEvent {
  readonly kind: 'failed';
  readonly run: RunName;
  readonly problem: Problem;
}
