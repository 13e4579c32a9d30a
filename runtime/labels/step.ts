import type { Random } from '../random.ts';

/** Labels of one case, [class, pixel], each 0 … 1; class 0 is the background. Pixels are row-major. */
export type LabelMap = Float64Array;

/** What a step knows of the case beside its labels. */
export interface LabelContext {
  /** Name of the case. */
  readonly id: string;
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  /** [pixel]: 1 for pixels that count, 0 for ignored ones, whose labels mean nothing. */
  readonly keep: ArrayLike<number>;
  /**
   * The hard labels of the case, one-hot [class, pixel]: its stored mask, or the majority of its raters. Absent where
   * it has neither, as for predictions alone on the command line.
   */
  readonly hard: (() => LabelMap) | undefined;
  /**
   * Random numbers of this step on this case, from case and place of the step alone: the same in every run. Those of a
   * step with the tag `@random` come from seed and epoch as well, and it runs once an epoch; all others run once.
   */
  readonly random: Random;
  /** Key points of `kde` that were given with the case; where they are absent, it draws its own. */
  readonly keys: KeyPoints | undefined;
  /** Takes what a step has chosen by itself, such as a bandwidth, for whoever wants to show it. */
  readonly note: (chosen: Readonly<Record<string, number>>) => void;
}

/** Predictions with known labels, from which `kde` estimates. */
export interface KeyPoints {
  /** [key, class], each 0 … 1 */
  readonly probabilities: Float64Array;
  /** [key]: the class of each. */
  readonly labels: ArrayLike<number>;
}

/** A step of a label source, a function of one case: `mask |> smooth`. It changes nothing that it is given. */
export type LabelStep<Options> = (labels: LabelMap, context: LabelContext, options: Options) => LabelMap;

/** A step that makes one label of several masks: `raters |> average`. They come in the order of the raters. */
export type CombineRaters<Options> = (
  raters: readonly LabelMap[],
  context: LabelContext,
  options: Options,
) => LabelMap;

/** A step cannot work on this case. Its caller adds which case it was. */
export class LabelError extends Error {
  override name = 'LabelError';
  /** What to do. */
  readonly help: string | undefined;
  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
