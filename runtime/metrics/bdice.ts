import type { ScoredCase } from './metric.ts';
import { diceOf, overForeground } from './overlap.ts';

export interface BdiceOptions {
  /** Number of levels, evenly spaced: 9 are 0.1, 0.2 … 0.9. @integer @minimum 1 */
  levels?: number;
}

/**
 * Binarised Dice against a soft truth: at each level both sides become 1 where they are at or above it; the Dice
 * of these masks, its mean over the levels, then over the cases. Where both masks are empty it is 1. With several
 * foreground classes it is their mean.
 *
 * @truth soft
 * @source QUBIQ challenge; official code of the Dice semimetric losses
 */
export function bdice(scored: ScoredCase, { levels = 9 }: BdiceOptions = {}): number {
  const { classes, pixels, probabilities, truth } = scored;
  return overForeground(classes, (c) => {
    let sum = 0;
    for (let k = 1; k <= levels; k++) {
      const level = k / (levels + 1);
      sum += diceOf(
        scored,
        (i) => probabilities[c * pixels + i]! >= level,
        (i) => truth[c * pixels + i]! >= level,
      );
    }
    return sum / levels;
  });
}
