import type { Duration, Share } from '../../compiler/registry.ts';

/** One phase of a schedule: how long it lasts, and what it makes of the optimizer's rate. */
export interface Phase {
  /** A share of the run, a stretch of it, or the rest: what the others leave, in equal parts. */
  readonly duration: Share | Duration | 'rest';
  /** Factor on the rate of each parameter group, at a step of this phase. */
  factor(at: Position): number;
}

/** Steps are not rounded: a phase of 1 % of 250 steps is 2.5 steps long. */
export interface Position {
  /** Steps since the phase began, 0 … `steps`. */
  readonly step: number;
  /** Steps that the phase lasts. */
  readonly steps: number;
  /** The optimizer's own rate, of which a phase may want a certain value. */
  readonly rate: number;
}
