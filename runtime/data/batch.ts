/**
 * One training batch, as the graph takes it: float32, row-major.
 * Labels and `keep` are class-first, so that softmax and sums over pixels run along memory.
 */
export interface Batch {
  /** [batch, height, width, channel] */
  readonly image: Float32Array;
  /** One entry a distinct target of the loss, in the order of `Build.targets`: [class, batch, height · width]; over classes they sum to 1. */
  readonly labels: readonly Float32Array[];
  /** [1, batch, height · width]: 1 for pixels that count. */
  readonly keep: Float32Array;
}
