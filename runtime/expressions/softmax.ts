/** Probabilities of logits, [class, pixel …] both. */
export function softmaxOf(logits: Float64Array, classes: number): Float64Array {
  const pixels = logits.length / classes;
  const out = new Float64Array(logits.length);
  for (let p = 0; p < pixels; p++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[c * pixels + p]!);
    let total = 0;
    for (let c = 0; c < classes; c++) total += Math.exp(logits[c * pixels + p]! - most);
    for (let c = 0; c < classes; c++) out[c * pixels + p] = Math.exp(logits[c * pixels + p]! - most) / total;
  }
  return out;
}
