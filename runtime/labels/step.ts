import type { Random } from '../random.ts';

/** Labels of one case, [class, pixel], each 0 … 1; class 0 is the background. */
export type LabelMap = Float64Array;

/** What a step knows of the case beside its labels. */
export interface LabelContext {
  /** Name of the case. */
  readonly id: string;
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  /** [pixel]: 1 for pixels that count, 0 for ignored ones. */
  readonly keep: ArrayLike<number>;
  /** The hard labels of the case, one-hot [class, pixel]: its stored mask, or the majority of its raters. */
  readonly hard: () => LabelMap;
  /**
   * Random numbers of this step on this case: from seed, case, epoch and place of the step alone. A step that draws
   * carries the tag `@random`, and runs once an epoch; all others run once.
   */
  readonly random: Random;
}

/** A step of a label source, a function of one case: `mask |> smooth`. It changes nothing that it is given. */
export type LabelStep<Options> = (labels: LabelMap, context: LabelContext, options: Options) => LabelMap;

/** A step that makes one label of several masks: `raters |> average`. They come in the order of the raters. */
export type CombineRaters<Options> = (
  raters: readonly LabelMap[],
  context: LabelContext,
  options: Options,
) => LabelMap;
