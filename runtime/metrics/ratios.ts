import { meanOfDefined, type Value } from './means.ts';

/** A sum over the pixels of a case or image, and what it is divided by. */
export interface Ratio {
  readonly sum: number;
  readonly weight: number;
}

/** Ratios of a case that came in pieces: those of its images one after the other, or of the case as one. */
export function joinRatios(
  pieces: readonly (readonly Ratio[])[],
  by: 'case' | 'image' | 'data',
): readonly Ratio[] {
  const all = pieces.flat();
  return by === 'case' && all.length > 0 ? [addRatios(all)] : all;
}

/** Ratio of all together (`data`), or the plain mean of those that are no 0/0. */
export function meanRatio(ratios: readonly Ratio[], by: 'case' | 'image' | 'data'): Value {
  if (by !== 'data') return meanOfDefined(ratios.map(quotient));
  return quotient(addRatios(ratios));
}

function addRatios(ratios: readonly Ratio[]): Ratio {
  const total = (field: keyof Ratio) => ratios.reduce((sum, ratio) => sum + ratio[field], 0);
  return { sum: total('sum'), weight: total('weight') };
}

const quotient = ({ sum, weight }: Ratio): Value => (weight === 0 ? undefined : sum / weight);
