import {
  abs,
  add,
  dml1,
  type LossInputs,
  mapAxis,
  mul,
  type OverlapOptions,
  type Pixels,
  reshape,
  sub,
  type Value,
} from 'dml';

export interface BoundaryDmlOptions extends OverlapOptions {
  /** Reach of the boundary: standard deviation of the Gaussian that blurs the label. */
  readonly sigma?: Pixels;
  /**
   * What a pixel on a straight boundary weighs more than one far from it.
   * @minimum 0
   */
  readonly strength?: number;
}

/**
 * Dice semimetric loss in which a pixel weighs the more the nearer it is to the boundary of the label: `dml1` with
 * weights w = 1 + 2 · strength · |G ∗ y − y|, for a Gaussian G. Weights depend on the label alone, so it is zero at the
 * label and nowhere else, soft or hard.
 *
 * @labels soft
 * @formula 1 - \frac{\sum w \min(x, y) + s}{\frac{1}{2} \sum w (x + y) + s}
 * @example 0.25 ce + 0.75 boundary_dml(sigma: 3 px)
 */
export function boundary_dml(
  inputs: LossInputs,
  { sigma = { value: 2, unit: 'px' }, strength = 4, ...options }: BoundaryDmlOptions = {},
): Value {
  const { labels, keep } = inputs;
  const distance = abs(sub(blurred(inputs, sigma.value), labels));
  const weight = add(mul(distance, 2 * strength), 1);
  return dml1({ ...inputs, keep: mul(keep, weight) }, options);
}

/** Labels [class, batch, pixel] under a Gaussian, along columns, then along rows. */
function blurred({ labels, height, width }: LossInputs, sigma: number): Value {
  const [classes, batch] = labels.shape as [number, number];
  const image = reshape(labels, [classes, batch, height, width]);
  const columns = mapAxis(image, 2, gaussian(height, sigma));
  return reshape(mapAxis(columns, 3, gaussian(width, sigma)), labels.shape);
}

/** Row i holds what each pixel of a line gives to pixel i; each row sums to 1, at the edges of the image too. */
function gaussian(length: number, sigma: number): readonly number[] {
  const line = Array.from({ length }, (_, i) => i);
  return line.flatMap((i) => {
    const weights = line.map((j) => Math.exp(-((i - j) ** 2) / (2 * sigma ** 2)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}
