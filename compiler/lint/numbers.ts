/** Three significant digits, as short as the language writes them: `0.118`, `1e-6`. */
export function short(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/** The same of a share, in hundredths. */
export const percent = (share: number): string => short(100 * share);
