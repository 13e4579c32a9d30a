const thousands: Readonly<Record<string, number>> = { k: 3, M: 6 };

/**
 * What a number means: `['2', '3']` is 2/3, `40k` 40000, and with a percent sign a hundredth. Powers of ten go into
 * the exponent of the literal, so that `0.1%` is the double nearest to 0.001.
 */
export function numberValue(numerals: readonly string[], percent = false): number {
  const [numerator, denominator] = numerals.map((numeral, i) =>
    decimal(numeral, percent && i === 0 ? -2 : 0),
  );
  return denominator === undefined ? numerator! : numerator! / denominator;
}

function decimal(numeral: string, shift: number): number {
  const [, digits, exponent, suffix] = /^([\d_.]+)(?:[eE]([+-]?\d+))?([kM])?$/.exec(numeral) ?? [];
  if (digits === undefined) return Number.NaN;
  return Number(
    `${digits.replaceAll('_', '')}e${Number(exponent ?? 0) + (thousands[suffix ?? ''] ?? 0) + shift}`,
  );
}
