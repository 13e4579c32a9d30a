import type { Duration, Share } from '../../compiler/registry.ts';
import type { Phase } from './phase.ts';

export interface PolyOptions {
  /** 1 falls in a straight line, less stays high for longer. @minimum 0 */
  power?: number;
  /** How long: a share of the run, epochs, steps, or the rest of the run. */
  duration?: Share | Duration | 'rest';
}

/**
 * Polynomial decay, step by step, from the optimizer's rate to 0 at the end of the phase: (1 − step / steps) ^ power.
 *
 * @source official code of the Dice semimetric losses, power 0.9
 */
export function poly({ power = 0.9, duration = 'rest' }: PolyOptions = {}): Phase {
  return { duration, factor: ({ step, steps }) => (1 - step / steps) ** power };
}
