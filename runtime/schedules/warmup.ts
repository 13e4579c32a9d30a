import type { Duration, Share } from '../../compiler/registry.ts';
import type { Phase } from './phase.ts';

export interface WarmupOptions {
  /** How long: a share of the run (not rounded to whole steps), epochs or steps. */
  duration?: Share | Duration;
  /**
   * Rate that it starts from. It divides the optimizer's rate to give the lowest factor, so parameter groups with a
   * higher rate start higher. @minimum 0
   */
  from?: number;
}

/**
 * Linear rise to the optimizer's rate: max(from / rate, step / steps).
 *
 * @source official code of the Dice semimetric losses: 1 % of the steps, from 1e-6
 */
export function warmup({ duration = 0.01, from = 1e-6 }: WarmupOptions = {}): Phase {
  return { duration, factor: ({ step, steps, rate }) => Math.max(from / rate, step / steps) };
}
