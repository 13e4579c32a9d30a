import {
  abs,
  add,
  constant,
  dml1,
  type LossInputs,
  matmul,
  mul,
  type OverlapOptions,
  type Pixels,
  reshape,
  sub,
  transpose,
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

/** Labels [class, batch, pixel] under a Gaussian, rows and columns one after the other, each as a product of matrices. */
function blurred({ labels, height, width }: LossInputs, sigma: number): Value {
  const planes = labels.shape[0]! * labels.shape[1]!;
  const rows = matmul(reshape(labels, [planes * height, width]), gaussian(labels, width, sigma));
  const turned = transpose(reshape(rows, [planes, height, width]), [0, 2, 1]);
  const columns = matmul(reshape(turned, [planes * width, height]), gaussian(labels, height, sigma));
  return reshape(transpose(reshape(columns, [planes, width, height]), [0, 2, 1]), labels.shape);
}

/** Column j holds what each pixel of a line gives to pixel j; each sums to 1, at the edges of the image too. */
function gaussian(beside: Value, length: number, sigma: number): Value {
  const matrix = new Float64Array(length * length);
  for (let j = 0; j < length; j++) {
    const weights = Array.from({ length }, (_, i) => Math.exp(-((i - j) ** 2) / (2 * sigma ** 2)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, weight] of weights.entries()) matrix[i * length + j] = weight / total;
  }
  return constant(beside, matrix, [length, length]);
}
