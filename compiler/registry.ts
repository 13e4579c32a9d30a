/**
 * What the language knows of its components. The table is read from their TypeScript signatures when the project
 * is built (`scripts/registry.ts` → `runtime/registry.generated.ts`); the compiler gets it as an argument.
 */
export type Family =
  | 'source'
  | 'folds'
  | 'transform'
  | 'label'
  | 'model'
  | 'loss'
  | 'optimizer'
  | 'schedule'
  | 'metric'
  | 'prediction'
  | 'statistic';

export type ParameterType =
  | {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly exclusiveMinimum?: number;
      /** Of a whole number: half of it lies on either side of a middle. */
      readonly odd?: boolean;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** `5 px`, `10 epochs`, `1%` where `dimension` is `share`. */
  | { readonly kind: 'quantity'; readonly dimension: 'duration' | 'length' | 'share' }
  | { readonly kind: 'size' }
  | { readonly kind: 'range' }
  | { readonly kind: 'list'; readonly of: ParameterType }
  /** `image`, or a weighted sum of names: `0.5 image + 0.5 class`. */
  | { readonly kind: 'mix'; readonly of: readonly string[] }
  | { readonly kind: 'union'; readonly of: readonly ParameterType[] };

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** From the doc comment of the option, without tags. */
  readonly doc: string;
  /** Absent for a parameter that must be given. */
  readonly default?: OptionValue;
  /** Of a boolean option of a model: the head that the model has where it is `true`, from the tag `@head aux`. */
  readonly head?: string;
  /** Of an option of a model that decides nothing about its weights, neither names nor shapes: from the tag `@shapes none`. */
  readonly shapes?: 'none';
  /** Of a list with one value for each class or rater, in their order, from the tag `@each class`. */
  readonly each?: 'class' | 'rater';
  /** What a plain number counts, from the tag `@unit pixels`: it is not written in a file. */
  readonly unit?: string;
}

export interface Component {
  readonly family: Family;
  readonly name: string;
  /** First sentence of the doc comment. */
  readonly summary: string;
  /** The doc comment without its tags. */
  readonly doc: string;
  /**
   * Value of each `@tag` of the doc comment: `labels` (`hard` | `soft`: what a loss or step bears), `requires`
   * (`hard`: soft labels are an error, not a finding), `random` (a step that draws anew in every epoch), `gives`
   * (`hard` | `soft` | `same`), `takes` (`raters` | `labels`: what a label step works on), `truth` (`hard` | `soft`:
   * what a metric is measured against if nothing is written), `windows` (`middle` | `image`: which part of an image the
   * windows of a prediction step cover; absent for a step that is none of these), `heads` (that a model always has, `main` if absent; an
   * option that adds one carries `@head aux`), `parts` (of a model: the beginnings of the names of its weights, `conv#` for
   * numbered ones), `classes` (of these, the ones whose shapes hang on the number of classes), `reads`
   * (of folds that a file lists: the option with its path), `source` …
   */
  readonly tags: Readonly<Record<string, string>>;
  /** The first may be given without its name. */
  readonly parameters: readonly Parameter[];
  /** Path of its file, from the root of the project; of a user's own component, the path at which `use` found it. */
  readonly file: string;
  /** Of a user's own component: SHA-256 of the file that it is in, with all that this file imports. */
  readonly code?: string;
  /** The function itself. Never called by check, lint, fmt or diff of plain files. */
  readonly load: () => Promise<unknown>;
}

/** What a TypeScript file of a user exports, read without running it: what `use "./boundary.ts"` brings. */
export interface Signatures {
  readonly components: readonly Omit<Component, 'load' | 'code'>[];
  /** SHA-256 of the file with all that it imports. */
  readonly code: string;
  /** What keeps an export from being a component; lines count from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export type Registry = Readonly<Record<Family, Readonly<Record<string, Component>>>>;

/** Options after checking: defaults filled in, percent as a fraction, quantities with their unit. */
export type OptionValue =
  | number
  | boolean
  | string
  | Quantity
  | Size
  | Interval
  | Mixture
  | readonly OptionValue[];
export interface Quantity {
  readonly value: number;
  /** `epochs`, `steps`, `px`, `mm`: plural, as the canonical form writes it. */
  readonly unit: string;
}
export interface Size {
  readonly size: readonly number[];
}
export interface Interval {
  readonly low: number;
  readonly high: number;
}
/** A weighted sum of names, in the order of their declaration, no weight 0; one name alone with weight 1 is a string. */
export interface Mixture {
  readonly mix: Readonly<Record<string, number>>;
}

/*
 * Types for the options of a component. `scripts/registry.ts` knows them by name; at run time they are plain values.
 */

/** A fraction in 0..1, written `5%` or `0.05`. */
export type Share = number;

/** A stretch of training, written `10 epochs` or `1500 steps`. */
export interface Duration extends Quantity {
  readonly unit: 'epochs' | 'steps';
}

/** A length on the image as the network sees it, written `3 px`. @public */
export interface Pixels extends Quantity {
  readonly unit: 'px';
}

/** One of some names, or a weighted sum of them: written `0.5 image + 0.5 class`. */
export type Mix<Name extends string> = Name | { readonly mix: Readonly<Partial<Record<Name, number>>> };
