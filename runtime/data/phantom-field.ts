/** A value a pixel of a square picture, row-major. */
export type Field = Float64Array;

/** The field of a function of column, row and index, evaluated row by row. */
export function field(size: number, of: (column: number, row: number, index: number) => number): Field {
  const values = new Float64Array(size * size);
  for (let i = 0; i < values.length; i++) values[i] = of(i % size, Math.floor(i / size), i);
  return values;
}

/** The mean over a square window of side 2 · radius + 1, cut at the edges. */
export function box(values: Field, size: number, radius: number): Field {
  const along = (from: Field, step: number, position: (i: number) => number) =>
    from.map((_, i) => {
      const at = position(i);
      const [first, last] = [Math.max(-radius, -at), Math.min(radius, size - 1 - at)];
      let sum = 0;
      for (let k = first; k <= last; k++) sum += from[i + k * step]!;
      return sum / (last - first + 1);
    });
  const rows = along(values, 1, (i) => i % size);
  return along(rows, size, (i) => Math.floor(i / size));
}
