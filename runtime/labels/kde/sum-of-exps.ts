/** e^−40 is 4e-18, nothing beside a term of 1. */
const reach = -40;

/** Entries of the table for each unit of x. */
const density = 64;
const powers = Float64Array.from({ length: 1 - reach * density }, (_, n) => Math.exp(-n / density));

/**
 * Σ e^(x − highest) over values[from … to − 1], none of which is above `highest`; terms below e^−40 are left out.
 *
 * Three times as fast as Math.exp: x − highest is −n/64 + r with 0 ≥ r > −1/64, and e^r its Taylor polynomial of degree
 * 4, so the relative error of a term is below (1/64)⁵ / 120 · e^(1/64) < 8e-12.
 */
export function sumOfExps(values: Float64Array, from: number, to: number, highest: number): number {
  // Fetched once, as an inner function or a name of the module would not be.
  const table = powers;
  let sum = 0;
  for (let j = from; j < to; j++) {
    const x = values[j]! - highest;
    if (x <= reach) continue;
    const n = (x * -density) | 0;
    const r = x + n * (1 / density);
    sum += table[n]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24)))));
  }
  return sum;
}
