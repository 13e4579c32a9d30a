import type { Value } from '../../compiler/graph/builder.ts';

/**
 * What a loss is measured on. All but `keep` are [class, batch, pixel]; class 0 is the background and counts like
 * any other. A loss returns one number, shape [].
 */
export interface LossInputs {
  /** In 0..1; softmax of the logits of a head, or free. */
  readonly probabilities: Value;
  /** Their logarithms, finite where softmax underflows. */
  readonly logProbabilities: Value;
  /** In 0..1; over classes they sum to 1 at kept pixels. */
  readonly labels: Value;
  /** [1, batch, pixel]: 1 for pixels that count, 0 for ignored ones. */
  readonly keep: Value;
  /** Of the image: pixel i lies in row ⌊i / width⌋. */
  readonly height: number;
  readonly width: number;
  /** Whether labels can lie between 0 and 1. */
  readonly soft: boolean;
}

/** Options that do not fit the data or one another: shown to the user as it is. */
export class LossError extends Error {
  override name = 'LossError';
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
