import { placeText } from '../arrays/array.ts';
import { ArrayError, type Given } from './given.ts';

/** Whether every number is whole, as in a map of class indices. */
export function isWhole({ data }: Given): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isInteger(data[i])) return false;
  return true;
}

/**
 * A map of class indices as one-hot [class, pixel]. Pixels that do not count get a row of zeros.
 *
 * @param help what to do about a value that is no class, if the usual advice does not fit
 * @param ignore a value that stands for no class; its pixels leave `keep`, which is changed
 * @throws ArrayError for a value that is no class
 */
export function oneHot(
  map: Given,
  classes: number,
  {
    keep,
    ignore,
    help,
  }: { readonly keep: Uint8Array; readonly ignore: number | undefined; readonly help?: string },
): Float64Array {
  const pixels = map.data.length;
  const hot = new Float64Array(classes * pixels);
  for (let i = 0; i < pixels; i++) {
    const value = map.data[i]!;
    if (value === ignore) keep[i] = 0;
    if (!keep[i]) continue;
    if (!Number.isInteger(value) || value < 0 || value >= classes) throw strange(map, i, classes, help);
    hot[value * pixels + i] = 1;
  }
  return hot;
}

function strange(map: Given, at: number, classes: number, help: string | undefined): ArrayError {
  const value = map.data[at]!;
  const found = `${map.name} holds the value ${value} at ${placeText(at, map.shape)}`;
  if (!Number.isInteger(value))
    return new ArrayError(
      `${found}; a map of class indices holds whole numbers.`,
      'Soft labels have a class axis, the last: [..., class].',
    );
  return new ArrayError(
    `${found}; there are ${classes} classes, so indices go from 0 to ${classes - 1}.`,
    help ??
      (value < 0 || value === 255
        ? `Say --ignore ${value} if these pixels do not count; else number the classes 0, 1, 2 …`
        : 'Number the classes 0, 1, 2 … without gaps.'),
  );
}

/**
 * How many classes maps hold, where nobody says it: one more than the largest index, and at least two.
 *
 * @param keep [pixel], if pixels that do not count are known
 * @throws ArrayError where an index below the largest is in none of them: most likely the largest is no class
 */
export function inferClasses(
  maps: readonly Given[],
  ignore: number | undefined,
  keep: ArrayLike<number> | undefined,
): number {
  const seen = new Map<number, () => string>();
  for (const map of maps)
    for (const [i, value] of map.data.entries())
      if (Number.isInteger(value) && value > 0 && value !== ignore && keep?.[i] !== 0 && !seen.has(value))
        seen.set(value, () => `${map.name} holds the value ${value} at ${placeText(i, map.shape)}`);
  const most = Math.max(1, ...seen.keys());
  for (let value = 1; value < most; value++) {
    if (seen.has(value)) continue;
    throw new ArrayError(
      `${seen.get(most)!()}, but nothing holds ${value}: classes are numbered 0, 1, 2 … without gaps.`,
      `Say --ignore ${most} if these pixels do not count, or --classes ${most + 1} if there are so many classes.`,
    );
  }
  return most + 1;
}
