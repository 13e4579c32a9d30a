import { placeText } from '../arrays/array.ts';
import { ArrayError, type Given } from './given.ts';

/** Whether every number is whole, as in a map of class indices. */
export const isWhole = ({ data }: Given): boolean => data.every((value) => Number.isInteger(value));

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
