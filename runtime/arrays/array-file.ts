import { countOf, type NumericArray } from './array.ts';

/** An array in a file, of which parts can be read. */
export interface ArrayFile {
  /** As it was given, for messages: `predictions.npz#fold0`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Entries `from` … `to` − 1 along the first axis; all of them if nothing is said. */
  read(from?: number, to?: number): Promise<NumericArray>;
}

/** An array that is in memory. */
export const heldArray = (name: string, { shape, data }: NumericArray): ArrayFile => ({
  name,
  shape,
  async read(from = 0, to = shape[0] ?? 1) {
    const row = countOf(shape.slice(1));
    if (shape.length === 0) return { shape, data };
    return { shape: [to - from, ...shape.slice(1)], data: data.subarray(from * row, to * row) };
  },
});

/** One entry of the first axis, as an array of its own that is read when it is asked for. */
export function entryOf(file: ArrayFile, index: number): ArrayFile {
  const shape = file.shape.slice(1);
  const name = `entry ${index} of ${file.name}`;
  return {
    name,
    shape,
    async read(from, to) {
      const { data } = await file.read(index, index + 1);
      return heldArray(name, { shape, data }).read(from, to);
    },
  };
}
