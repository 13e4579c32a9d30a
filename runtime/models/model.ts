import type { Value } from '../../compiler/graph/builder.ts';
import type { Initial, Shape } from '../../compiler/graph/graph.ts';

/** What a model is built from. It is built twice: with `training`, and without it for inference. */
export interface ModelInputs {
  /** [batch, height, width, channel] */
  readonly image: Value;
  readonly classes: number;
  readonly training: boolean;
  /** Declares a weight, or finds it again, by its path: `encoder.0.conv1.kernel`. */
  readonly weight: (path: string, shape: Shape, initial: Initial) => Value;
  /** The same for a statistic that is no weight: its value before the step. */
  readonly statistic: (path: string, shape: Shape, initial: number) => Value;
  /** What a statistic becomes after a training step. */
  readonly update: (path: string, value: Value) => void;
}

/** Logits of each head, [class, batch, pixel]; there is always a `main` one. */
export type Heads = Readonly<Record<string, Value>> & { readonly main: Value };

/** A model that cannot be built for this input: shown to the user as it is. */
export class ModelError extends Error {
  override name = 'ModelError';
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
