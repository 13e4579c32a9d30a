import type { Span } from '../grammar/source.ts';
import type { Interval, OptionValue, Quantity } from './registry.ts';

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
  readonly model: Use;
  readonly loss: readonly Term[];
  readonly optimizer: Use;
  readonly schedule: readonly Use[];
  readonly train: Quantity | 'none';
  readonly batch: number;
  readonly seed: readonly number[];
  readonly checkpoint: 'last';
  readonly evaluate: readonly Measure[];
  readonly predict: 'center';
  readonly expect: readonly Expectation[];
  /** Where the declaration stands. */
  readonly span: Span;
}

/** A component with all its options, defaults included, in the order of the registry. */
export interface Use {
  readonly name: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly span: Span;
}

export interface DataSet {
  readonly name: string;
  readonly source: Use;
  /** Names in order, background first, each with the values in the files: one may take all that no other names. */
  readonly classes: readonly { readonly name: string; readonly values: readonly number[] | 'others' }[];
  readonly ignore: number | undefined;
  readonly size: readonly [height: number, width: number] | undefined;
  /** Clipped to this, then scaled to [−1, 1]; `image` takes each image's own lowest and highest value. */
  readonly window: Interval | 'image';
  readonly folds: Use;
  readonly span: Span;
}

/** `mask`, or raters through label steps. `soft` is computed from the steps, never declared. */
export interface LabelSource {
  readonly root: 'raters' | 'mask';
  readonly steps: readonly Use[];
  readonly soft: boolean;
  readonly span: Span;
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

export interface Expectation {
  /** Name of a metric of `evaluate`, as a fraction. */
  readonly metric: string;
  readonly operator: '<' | '<=' | '>' | '>=' | 'in';
  readonly value: number | Interval;
  readonly span: Span;
}

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

/** What a file itself declares, checked; what it uses is inside of it. */
export interface Program {
  readonly experiments: readonly Experiment[];
  readonly sweeps: readonly Sweep[];
}
