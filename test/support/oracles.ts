import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/oracles');

/** Reference vectors are not part of the project; where they are absent, tests that need them skip. */
export const oraclesPresent = existsSync(folder);

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A file of reference vectors, or `undefined` where they are absent. */
export const oracle = <T>(name: string): T | undefined =>
  oraclesPresent ? (JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as T) : undefined;

export const stored = ({ shape, data }: StoredTensor): Tensor => tensor(shape, data);

/** [batch, height, width, class] → [class, batch, pixel] */
export function classFirst({ shape, data }: StoredTensor): Tensor {
  const [batch, height, width, classes] = shape as [number, number, number, number];
  const pixels = batch * height * width;
  const out = new Float64Array(data.length);
  for (let p = 0; p < pixels; p++) for (let c = 0; c < classes; c++) out[c * pixels + p] = data[p * classes + c]!;
  return { shape: [classes, batch, height * width], data: out };
}

/** Mask [batch, height, width], or all kept, → [1, batch, pixel] */
export function keepOf(mask: StoredTensor | null, like: StoredTensor): Tensor {
  const [batch, height, width] = like.shape as [number, number, number];
  return tensor([1, batch, height * width], mask ? mask.data : new Array(batch * height * width).fill(1));
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
