import type { Duration, Share } from '../../compiler/registry.ts';
import type { Phase } from './phase.ts';

export interface ConstantOptions {
  /** How long: a share of the run, epochs, steps, or the rest of the run. */
  duration?: Share | Duration | 'rest';
}

/** The optimizer's own rate. */
export function constant({ duration = 'rest' }: ConstantOptions = {}): Phase {
  return { duration, factor: () => 1 };
}
