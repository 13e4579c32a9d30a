import { boundaryPixels } from './boundary-pixels.ts';
import type { LabelContext, LabelMap } from './step.ts';

export interface BoundaryOptions {
  /** ε: what is taken from the label and spread over all C classes, its own included. @minimum 0 @maximum 1 */
  epsilon?: number;
  /** k: width of the window, in pixels, in which another class makes a pixel boundary. @unit pixels @integer @minimum 1 @odd */
  kernel?: number;
}

/**
 * Label smoothing on the boundaries of the classes alone: (1 − ε) · y + ε / C where the k × k window around a pixel
 * holds another class. Both sides of an edge are smoothed, the border of the image is no edge, and a pixel with an
 * ignored one in its window stays as it is.
 *
 * @param labels one-hot [class, pixel]
 * @returns [class, pixel]; over classes it sums to 1
 * @labels hard
 * @requires hard
 * @gives soft
 * @formula y'_i = \begin{cases} (1 - \varepsilon)\, y_i + \varepsilon / C & i \in B_k \\ y_i & \text{otherwise} \end{cases}
 * @example mask |> boundary(epsilon: 0.5, kernel: 3)
 * @source official code of the Dice semimetric losses, its shipped values; those of the paper's experiments were not found
 */
export function boundary(
  labels: LabelMap,
  context: LabelContext,
  { epsilon = 0.5, kernel = 3 }: BoundaryOptions = {},
): LabelMap {
  const edge = boundaryPixels(labels, context, kernel);
  const share = epsilon / context.classes;
  return labels.map((y, i) => (edge[i % edge.length] ? (1 - epsilon) * y + share : y));
}
