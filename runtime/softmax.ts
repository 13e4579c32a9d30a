/** softmax(logits / T) over the classes, [class, pixel] both, in float64. */
export function softmax(logits: ArrayLike<number>, classes: number, temperature = 1): Float64Array {
  const pixels = logits.length / classes;
  const probabilities = new Float64Array(logits.length);
  for (let p = 0; p < pixels; p++) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) highest = Math.max(highest, logits[c * pixels + p]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const power = Math.exp((logits[c * pixels + p]! - highest) / temperature);
      probabilities[c * pixels + p] = power;
      sum += power;
    }
    for (let c = 0; c < classes; c++) probabilities[c * pixels + p]! /= sum;
  }
  return probabilities;
}
