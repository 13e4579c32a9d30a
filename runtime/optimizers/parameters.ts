import type { Value } from '../../compiler/graph/builder.ts';
import type { Variable } from '../../compiler/graph/graph.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';

/** Options that all optimizers share. */
export interface OptimizerOptions {
  /**
   * Learning rate; a schedule multiplies it, step by step.
   * @exclusiveMinimum 0
   */
  readonly rate: number;
  /**
   * How many times the rate the weights outside of the encoder have: those of the decoder and of the heads.
   * @exclusiveMinimum 0
   */
  readonly decoder_factor?: number;
}

/** Whether weight decay goes to a parameter: those of one dimension (biases, norms) have none. */
export const decays = ({ shape }: Variable): boolean => shape.length > 1;

/** The rate of this step for a parameter. */
export const rateFor = ({ name }: Variable, rate: Value, decoderFactor: number): Value =>
  decoderFactor === 1 || name.startsWith('encoder.') ? rate : mul(rate, decoderFactor);
