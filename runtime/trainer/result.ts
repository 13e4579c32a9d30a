import type { Interval } from '../../compiler/registry.ts';
import type { EngineClass } from '../engines/engine.ts';
import type { Scored } from '../metrics/score.ts';

/** What was measured, as results and tables name it. */
export interface Measured {
  /** The data set of `test` that it was measured on; absent for the own data. */
  readonly data?: string;
  /** As `expect` names it: `dice`. */
  readonly metric: string;
  /** Options that differ from their defaults, as written: `bins: 15`; empty if none. */
  readonly options: string;
  /** The ground truth, as written: `raters |> majority`; `raters` for a metric that is on none but looks at them. */
  readonly on: string;
  /** `nats`, `number`; absent for a fraction. */
  readonly unit?: string;
}

/**
 * A metric of `evaluate` over the validation cases, or over all cases of a test set: `value` is a fraction, never percent, unless the metric has a unit;
 * absent if the cases say nothing.
 */
export interface Score extends Measured, Scored {}

/** `result.json` of one run. The same bytes for the same key, but for `seconds` and `scoring`. */
export interface RunResult {
  readonly dml: string;
  readonly experiment: string;
  readonly key: string;
  readonly trainingHash: string;
  readonly evaluationHash: string;
  readonly dataHash: string;
  readonly engine: EngineClass;
  readonly fold: number | 'none';
  readonly seed: number;
  readonly steps: number;
  /** Loss of the last step, before its update; absent without training. */
  readonly loss?: number;
  /** Which weights were kept, where the best ones are: absent with `checkpoint: last`. */
  readonly kept?: Kept;
  /** Wall-clock time of training, over all interruptions. */
  readonly seconds: number;
  /** What scoring took; absent in results of dml before it was kept. */
  readonly scoring?: Scoring;
  /** On the validation cases; none where every case is trained on and there are test sets. */
  readonly scores: readonly Score[];
  readonly cases: readonly CaseScores[];
  /** On the data sets of `test`, in their order; absent without any. */
  readonly tests?: readonly TestScores[];
}

/** Wall-clock time of scoring, and the cases that were scored, those of test sets included. */
export interface Scoring {
  readonly seconds: number;
  readonly cases: number;
}

export interface CaseScores {
  readonly case: string;
  /** In the order of the scores; null where the case says nothing. */
  readonly values: readonly (number | null)[];
}

/** What a run is worth on all cases of a test set. */
export interface TestScores {
  /** Its name. */
  readonly data: string;
  readonly dataHash: string;
  readonly scores: readonly Score[];
  readonly cases: readonly CaseScores[];
}

/** The best weights of a run, found on the validation cases. */
export interface Kept extends Pick<Measured, 'metric' | 'unit'> {
  /** Steps after which they were the weights, and how many epochs those are. */
  readonly step: number;
  readonly epoch: number;
  /** Looks at the cases. */
  readonly looks: number;
  /** Absent where no look gave one: then the last weights are kept. */
  readonly value?: number;
}

/** Over runs, each fold and seed being one; deviation and interval are absent for a single one. */
export interface Statistic {
  readonly mean: number;
  /** Of the sample: divided by n − 1. */
  readonly deviation?: number;
  /** That of the mean at 95 %, by Student's t: it takes the runs as independent, which folds are not quite. */
  readonly interval?: Interval;
  readonly runs: number;
}

/** A metric over the runs of an experiment; `statistic` is absent if no run gave a value. */
export interface Aggregate extends Measured {
  readonly statistic?: Statistic;
}

/** A claim of `expect` against what all folds and seeds gave; undecided while runs are missing. */
export interface Verdict {
  /** As written: `dice > 0.85`, `lower(dice) > 0.8`. */
  readonly claim: string;
  readonly verdict: 'holds' | 'fails' | 'undecided';
  /** What was compared: the mean, an end of its interval, or the worst case. */
  readonly value?: number;
  /** What it was compared with, where that is a result itself. */
  readonly against?: number;
}

/** The table of a sweep: arms down, metrics across. */
export interface SweepTable {
  /** What varies, as paths. */
  readonly factors: readonly string[];
  readonly columns: readonly Measured[];
  readonly rows: readonly {
    readonly arm: number;
    readonly values: readonly string[];
    /** Why not all its runs are finished. */
    readonly problem?: string;
    /** In the order of `columns`. */
    readonly cells: readonly (Statistic | null)[];
  }[];
}

/** The table of a comparison: factors down and across, each column once for each metric. */
export interface CompareTable {
  /** Factors, as paths, or `experiment`. */
  readonly down: readonly string[];
  readonly across: readonly string[];
  /** As written. */
  readonly baseline?: string;
  readonly statistic?: string;
  /** Values of the factors across, as written, and the metric. */
  readonly columns: readonly (Measured & { readonly values: readonly string[] })[];
  readonly rows: readonly {
    /** Of the factors down. */
    readonly values: readonly string[];
    /** In the order of `columns`. */
    readonly cells: readonly CompareCell[];
  }[];
}

/** One metric over all runs of some arms. */
export interface CompareCell {
  /** `big`, `mixes/2`; none where no arm has these values. */
  readonly arms: readonly string[];
  readonly statistic: Statistic | null;
  /** Why not all runs of these arms are finished. */
  readonly problem?: string;
  readonly isBaseline?: boolean;
  /** Absent for the baseline, and where no run has one to be paired with. */
  readonly difference?: PairedDifference;
}

/** What runs have more than those of the baseline of equal fold and seed, scored on the same cases. */
export interface PairedDifference {
  /** The arms of the baseline. */
  readonly to: readonly string[];
  readonly mean: number;
  /** Pairs of runs. */
  readonly runs: number;
  /** Of the statistic: pairs of cases or of runs that it is based on. */
  readonly n?: number;
  /** Two-sided, corrected if the statistic corrects; then `uncorrected` is what it was before. */
  readonly p?: number;
  readonly uncorrected?: number;
  readonly interval?: Interval;
  /** How it was computed: `exact`, `normal approximation`. */
  readonly method?: string;
}
