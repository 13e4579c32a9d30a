import type { Sweep } from './experiment.ts';

/** The arms of a sweep with their places in it, or those of these numbers. */
export const sweepArms = (sweep: Sweep, numbers: readonly number[] | undefined) =>
  sweep.arms
    .filter(({ number }) => numbers?.includes(number) ?? true)
    .map(({ number, values, experiment }) => ({ experiment, arm: { number, values } }));
