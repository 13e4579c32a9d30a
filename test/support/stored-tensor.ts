import type { Tensor } from '../../compiler/graph/operation.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';

/** As the reference vectors write a tensor: row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const stored = ({ shape, data }: StoredTensor): Tensor => tensor(shape, data);

/** [batch, height, width, class] → [class, batch, pixel] */
export function classFirst({ shape, data }: StoredTensor): Tensor {
  const [batch, height, width, classes] = shape as [number, number, number, number];
  const pixels = batch * height * width;
  const out = new Float64Array(data.length);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < classes; c++) out[c * pixels + p] = data[p * classes + c]!;
  return { shape: [classes, batch, height * width], data: out };
}

/** Mask [batch, height, width], or all kept, → [1, batch, pixel] */
export function keepOf(mask: StoredTensor | null, like: StoredTensor): Tensor {
  const [batch, height, width] = like.shape as [number, number, number];
  return tensor([1, batch, height * width], mask ? mask.data : new Array(batch * height * width).fill(1));
}

/** softmax(logits / T) over the last axis. */
export function tempered({ shape, data }: StoredTensor, temperature: number): StoredTensor {
  const classes = shape.at(-1)!;
  const probabilities = data.map((_, i) => {
    const row = data.slice(i - (i % classes), i - (i % classes) + classes);
    const powers = row.map((z) => Math.exp((z - Math.max(...row)) / temperature));
    return powers[i % classes]! / powers.reduce((total, power) => total + power, 0);
  });
  return { shape, data: probabilities };
}

/** Largest difference, and the largest expected entry. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  let worst = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return { worst, largest };
}
