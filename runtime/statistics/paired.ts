import type { Interval } from '../../compiler/registry.ts';

/** Two runs of equal fold and seed that are scored on the same cases: what one of them has more than the other. */
export interface PairedRun {
  readonly difference: number;
  /** Of each case that has a value on both sides. */
  readonly cases: readonly { readonly case: string; readonly difference: number }[];
}

/** What is compared with the baseline by one metric. */
export type Contrast = readonly PairedRun[];

/** What a statistic says of a contrast. */
export interface Inference {
  /** Pairs that it is based on: cases, or runs. */
  readonly n: number;
  /** Two-sided, corrected where the statistic corrects. */
  readonly p?: number;
  readonly uncorrected?: number;
  /** Of the mean difference. */
  readonly interval?: Interval;
  /** How `p` or `interval` was computed. */
  readonly method: string;
}

/** The function of a statistic component: all contrasts of a table together, because a correction looks at them all. */
export type StatisticFunction<Options> = (
  contrasts: readonly Contrast[],
  options: Options,
) => readonly (Inference | undefined)[];

/** What counts as one observation. */
export type Over = 'cases' | 'runs';

/**
 * The observations of a contrast. A case counts once, by its mean over the runs that are scored on it: several seeds are no
 * further cases.
 */
export function observations(contrast: Contrast, over: Over): readonly number[] {
  if (over === 'runs') return contrast.map(({ difference }) => difference);
  const byCase = new Map<string, number[]>();
  for (const { cases } of contrast)
    for (const { case: id, difference } of cases) byCase.set(id, [...(byCase.get(id) ?? []), difference]);
  return [...byCase.values()].map(mean);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
