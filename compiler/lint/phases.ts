import type { Experiment, Use } from '../experiment.ts';
import type { Quantity } from '../registry.ts';

/**
 * How much of a run a phase of its schedule takes: `rest` is what the others leave; `undefined` where it is counted in
 * another unit than the run.
 */
export function shareOf({ options: { duration } }: Use, train: Quantity): number | 'rest' | undefined {
  if (duration === 'rest') return 'rest';
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'object' || !('unit' in duration) || duration.unit !== train.unit) return undefined;
  return duration.value / train.value;
}

/** Steps that a phase takes, with fractions; `undefined` where it takes the rest, or epochs come into it. */
export function stepsOf(phase: Use, train: Quantity): number | undefined {
  const { duration } = phase.options;
  if (typeof duration === 'object' && 'unit' in duration && duration.unit === 'steps') return duration.value;
  const share = shareOf(phase, train);
  return train.unit === 'steps' && typeof share === 'number' ? share * train.value : undefined;
}

/** The rates at which a phase begins and ends; `undefined` for one of a user's own, which is not run here. */
export function ratesOf(
  { options: { from, power }, code }: Use,
  { optimizer }: Pick<Experiment, 'optimizer'>,
): { readonly begin: number; readonly end: number } | undefined {
  const { rate } = optimizer.options;
  if (code !== undefined || typeof rate !== 'number') return undefined;
  if (typeof from === 'number') return { begin: from, end: Math.max(from, rate) };
  return { begin: rate, end: typeof power === 'number' && power > 0 ? 0 : rate };
}
