import type { Family } from '../registry.ts';

/** What may be written for a field or an option, as data: the checker reads by it, editors complete and explain by it. */
export interface Takes {
  readonly family?: Family;
  /** What stands between several components of the family. */
  readonly chain?: '|>' | 'then';
  /** A path into it names the component first: `loss.dml1.smooth`. */
  readonly byName?: true;
  /** Words that it takes beside components. */
  readonly words?: readonly string[];
  readonly units?: readonly string[];
  /** Kinds of blocks whose names it takes. */
  readonly blocks?: readonly string[];
  /** What is called there and is no component. */
  readonly calls?: readonly CallFacts[];
  /** Of the metrics, those that `evaluate` names. */
  readonly measured?: true;
  /** Metrics on data sets of `test` as well: `clinic.dice`. */
  readonly tested?: true;
  /** What stands behind the dot of a name or record: `big.dice`. */
  readonly member?: Family;
  /** Names that hang on the model, or on the sweeps of a comparison. */
  readonly names?: 'part' | 'head' | 'factor';
  /** Records whose keys are factors: `(labels: voted)`. */
  readonly records?: true;
}

/** A call that is no component, for whoever writes or explains it. */
export interface CallFacts {
  readonly name: string;
  readonly doc: string;
  /** The first may be given without its name. */
  readonly parameters: readonly OptionFacts[];
}

export interface OptionFacts<Name extends string = string> extends Takes {
  readonly name: Name;
  readonly doc: string;
  /** What it must be, as messages say it. */
  readonly expected: string;
  /** As written; absent where it must be given. */
  readonly default?: string;
  /** Something that may be written. */
  readonly example: string;
}
