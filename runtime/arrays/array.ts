/** Numbers as they are stored; 64-bit integers and half precision come as a wider type that holds them exactly. */
export type Numbers =
  | Float64Array
  | Float32Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array;

/** Row-major: the last axis runs fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/** Number of elements; 1 for a shape without axes. */
export const countOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** As messages write it: `[2, 4, 4, 3]`. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Where element `index` stands, counted from 0: `[1, 0, 2]`. */
export function placeText(index: number, shape: readonly number[]): string {
  let rest = index;
  const place = [...shape].reverse().map((n) => {
    const at = rest % n;
    rest = Math.floor(rest / n);
    return at;
  });
  return shapeText(place.reverse());
}
