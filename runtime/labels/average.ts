import type { Value } from '../../compiler/graph/builder.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';

/**
 * Share of the raters that chose each class: all count alike.
 *
 * @param labels [rater, class, pixel]
 * @returns [class, pixel]; over classes it sums to 1
 * @takes raters
 * @labels soft
 * @gives soft
 */
export function average(labels: Value): Value {
  // Divided, not multiplied by 1/R: 7 raters of 10 give 0.7 exactly, which a metric may compare with 0.7.
  return div(sum(labels, [0]), labels.shape[0]!);
}
