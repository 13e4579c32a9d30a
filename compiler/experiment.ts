import type { Span } from '../grammar/source.ts';
import type { Interval, OptionValue, Quantity, Registry } from './registry.ts';

/**
 * An experiment with every name resolved, every default explicit and every unit normalised. It stands alone:
 * its data set and label sources are written into it. `spans` of values point to where they were written.
 */
export interface Experiment {
  readonly name: string;
  readonly doc: string | undefined;
  readonly data: DataSet;
  /** `none` trains on every case. */
  readonly fold: readonly number[] | 'all' | 'none';
  /** [height, width]; `whole` takes the image as it is. */
  readonly crop: readonly [height: number, width: number] | 'whole';
  readonly augment: readonly Use[];
  readonly labels: LabelSource;
  /** A second target, for terms `on teacher`. */
  readonly teacher: LabelSource | undefined;
  readonly model: Use;
  readonly start: Start;
  readonly loss: readonly Term[];
  readonly optimizer: Use;
  readonly schedule: readonly Use[];
  readonly train: Quantity | 'none';
  readonly batch: number;
  readonly seed: readonly number[];
  /** Which weights are kept. */
  readonly checkpoint: 'last' | Best;
  readonly evaluate: readonly Measure[];
  /** Other data that every run is scored on at its end, and that nothing is chosen by. */
  readonly test: readonly TestSet[];
  /** Windows first, then ways to look at them. */
  readonly predict: readonly Use[];
  readonly expect: readonly Expectation[];
  /** Where the declaration stands. */
  readonly span: Span;
}

/** The weights with the best score of a metric of `evaluate`, on the validation cases of the fold. */
export interface Best {
  readonly metric: string;
  /** How often the cases are looked at; after the last step they always are. */
  readonly every: Quantity;
  readonly span: Span;
}

/** A component with all its options, defaults included, in the order of the registry. */
export interface Use {
  readonly name: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Of a user's own component: SHA-256 of the file that it is in, with all that this file imports. */
  readonly code?: string;
  /** The path of that file, a path like `Source.path`. */
  readonly file?: string;
  readonly span: Span;
}

export interface DataSet {
  readonly name: string;
  readonly source: Use;
  /** Names in order, background first, each with the values in the files: one may take all that no other names. */
  readonly classes: readonly { readonly name: string; readonly values: readonly number[] | 'others' }[];
  readonly ignore: number | undefined;
  readonly size: readonly [height: number, width: number] | undefined;
  /**
   * Clipped to this, then scaled to [−1, 1]; `image` takes each image's own lowest and highest value, `none` leaves
   * intensities as they are stored.
   */
  readonly window: Interval | 'image' | 'none';
  readonly folds: Use;
  readonly span: Span;
}

/** A root through label steps. `soft` is computed from both, never declared. */
export interface LabelSource {
  readonly root: LabelRoot;
  readonly steps: readonly Use[];
  readonly soft: boolean;
  readonly span: Span;
}

/**
 * The masks of all raters, the stored mask, or what a trained network predicts; or a weighted sum of sources.
 * `teacher` stands for predictions given as arrays, on the command line; in an experiment it is `Distilled`.
 */
export type LabelRoot = 'raters' | 'mask' | 'teacher' | Distilled | LabelSum;

/** What the networks of another experiment predict, each for the student of its own fold: softmax(logits / T). */
export interface Distilled {
  readonly kind: 'distill';
  readonly experiment: Experiment;
  /** Which of the teacher's seeds: the student's own, one, or the best of the fold by a metric of its `evaluate`. */
  readonly pick: 'same' | { readonly seed: number } | { readonly best: string };
  readonly temperature: number;
  /** The head of the teacher that is asked. */
  readonly head: string;
  /** How whole images are predicted: as `experiment` says, with windows that slide in place of one in the middle. */
  readonly predict: readonly Use[];
}

/**
 * Weights before the first step: drawn from the seed; those of a safetensors file below the data root; or those of a run
 * of another experiment. What is not taken from there is drawn.
 */
export type Start =
  | 'random'
  | { readonly kind: 'weights'; readonly file: string; readonly parts: Parts }
  | Trained;

/** What the runs of another experiment end with. */
export interface Trained {
  readonly kind: 'trained';
  readonly experiment: Experiment;
  /** Which of its seeds, as for `Distilled`. */
  readonly pick: Distilled['pick'];
  /** Which of its folds: `same` wherever both experiments have the same cases. */
  readonly fold: 'same' | number | 'none';
  readonly parts: Parts;
}

/** Groups of weights, by the beginning of their names: all, these alone, or all but these. */
export type Parts = 'all' | { readonly only: readonly string[] } | { readonly but: readonly string[] };

/** Weights add up to 1. */
export interface LabelSum {
  readonly kind: 'sum';
  readonly terms: readonly { readonly weight: number; readonly source: LabelSource }[];
}

/** One term of the loss mix, multiplied out. */
export interface Term {
  readonly weight: number;
  readonly loss: Use;
  readonly on: LabelSource;
  readonly at: string;
  readonly span: Span;
}

export interface Measure {
  readonly metric: Use;
  /** The ground truth that it uses. */
  readonly on: LabelSource;
  readonly span: Span;
}

/** A data set of `test`, with the metrics of `evaluate`: their truths are made of its own raters. */
export interface TestSet {
  readonly data: DataSet;
  readonly evaluate: readonly Measure[];
}

/** A metric on the validation cases of an experiment's own data, or on all cases of a data set of `test`. */
export interface ScoredMeasure extends Measure {
  /** Name of the data set of `test`; absent for the own data. */
  readonly data?: string;
}

export interface Expectation {
  /** Of the metric over the runs: an end of the 95 % interval, or its worst case; the mean if absent. */
  readonly of?: Aspect;
  /** Name of a data set of `test`; absent for the experiment's own data. */
  readonly data?: string;
  /** Name of a metric of `evaluate`, as a fraction. */
  readonly metric: string;
  readonly operator: '<' | '<=' | '>' | '>=' | 'in';
  readonly value: number | Interval;
  readonly span: Span;
}

export type Aspect = 'lower' | 'upper' | 'worst';

/** Arms of a sweep over factors, in order; `values` are written as in the file. */
export interface Sweep {
  readonly name: string;
  readonly doc: string | undefined;
  readonly factors: readonly string[];
  readonly arms: readonly {
    readonly number: number;
    readonly values: readonly string[];
    readonly experiment: Experiment;
  }[];
  readonly span: Span;
}

/** A table of experiments and arms of sweeps, with claims about them. */
export interface Compare {
  readonly name: string;
  readonly doc: string | undefined;
  /** What differs between the arms: `experiment` where several are named, then the factors of the sweeps. */
  readonly factors: readonly string[];
  readonly arms: readonly ComparedArm[];
  /** Factors down and across, each in one of both at most: over all others a cell is the mean. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Those of `evaluate`, on own data or on data sets of `test`, that the table shows. */
  readonly metrics: readonly ScoredMeasure[];
  readonly baseline: Baseline | undefined;
  /** What is said of the differences to the baseline. */
  readonly statistic: Use | undefined;
  readonly expect: readonly Claim[];
  readonly span: Span;
}

/** An experiment, or an arm of a sweep. */
export interface ComparedArm {
  readonly experiment: Experiment;
  /** Its place in its sweep, with the values there; absent for an experiment. */
  readonly arm?: { readonly number: number; readonly values: readonly string[] };
  /** As written, in the order of the comparison's factors; absent of a factor that the arm does not have. */
  readonly values: readonly (string | undefined)[];
}

export interface Baseline {
  /** As written: `plain`, `(labels: voted)`. */
  readonly text: string;
  /** Places in `arms`. */
  readonly arms: readonly number[];
  /** By arm, those of them that it is compared with; none for the baseline itself. */
  readonly of: readonly (readonly number[])[];
}

/** A claim of a comparison: `student.ece < big.ece`, `lower(a.dice - b.dice) > 0`. */
export interface Claim {
  /** As the formatter writes it. */
  readonly text: string;
  readonly left: Combination;
  readonly operator: Expectation['operator'];
  readonly right: Combination | Interval;
  readonly span: Span;
}

/** A sum of weighted scores and a number, over the runs. */
export interface Combination {
  /** As in `Expectation`. */
  readonly of?: Aspect;
  readonly terms: readonly {
    readonly weight: number;
    /** Places in `arms` of the comparison: the mean of these. */
    readonly arms: readonly number[];
    /** Place in its `metrics`. */
    readonly metric: number;
  }[];
  readonly constant: number;
}

/** What a file itself declares, checked; what it uses is inside of it. */
export interface Program {
  readonly experiments: readonly Experiment[];
  readonly sweeps: readonly Sweep[];
  readonly compares: readonly Compare[];
  /**
   * The registry that its names are from: the given one, and the components of the user's own files below the names
   * by which they are called. These carry `code`, and their `load` rejects: whoever may run them replaces it.
   */
  readonly components: Registry;
}
