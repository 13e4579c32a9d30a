import { binOf } from './bins.ts';
import { type Counts, joinCounts } from './counts.ts';
import { diceRatio } from './dice.ts';
import { mean, meanOfDefined } from './means.ts';
import type { Metric, ScoredCase } from './metric.ts';
import { type OverlapOptions, overlapClasses, overlapScore } from './overlap.ts';
import { selectClasses } from './selection.ts';
import { type Span, spansOf } from './spans.ts';

export interface BdiceOptions extends OverlapOptions {
  /** Number of levels, evenly spaced: 9 are 0.1, 0.2 … 0.9. @integer @minimum 1 */
  levels?: number;
}

/**
 * Binarised Dice against a soft truth, a fraction: at each level both sides become 1 where they are at or above it; the
 * Dice of these masks, as `dice` has it, then the plain mean over the levels. Levels are k / (levels + 1), compared in
 * float64, so that a truth of 3 raters of 10 is at the level 0.3.
 *
 * 0/0, a class that reaches a level on neither side, is 1 there (`empty`). What has no pixel that counts has no value.
 *
 * @truth soft
 * @formula \mathrm{BDice} = \frac{1}{L} \sum_{k=1}^{L} \mathrm{Dice}\left([p \ge t_k],\, [y \ge t_k]\right),\quad t_k = \frac{k}{L+1}
 * @example bdice(levels: 9)
 * @source QUBIQ challenge; official code of the Dice semimetric losses
 */
export function bdice({
  levels = 9,
  by = 'case',
  classes = 'foreground',
  active = 'auto',
  worst = 1,
  empty = 'one',
}: BdiceOptions = {}): Metric<readonly (readonly Counts[])[]> {
  const rule = { by, classes, active, worst, empty, ratio: diceRatio };
  const atLevel = (parts: readonly (readonly (readonly Counts[])[])[], level: number) =>
    parts.flatMap((part) => part.map((counts) => counts[level]!));
  const overLevels = empty === 'skip' ? meanOfDefined : mean;
  const everyLevel = Array.from({ length: levels }, (_, level) => level);
  return {
    of(scored) {
      selectClasses(classes, scored.classes);
      return spansOf(scored, by).map((span) => countAtLevels(scored, span, levels));
    },
    value: (parts) => overLevels(everyLevel.map((level) => overlapScore(rule, atLevel(parts, level)))),
    join(pieces) {
      const byLevel = everyLevel.map((level) =>
        joinCounts(
          pieces.map((piece) => piece.map((counts) => counts[level]!)),
          by,
        ),
      );
      return byLevel[0]!.map((_, i) => byLevel.map((counts) => counts[i]!));
    },
    classes(parts) {
      const perLevel = everyLevel.map((level) => overlapClasses(rule, atLevel(parts, level)));
      return perLevel[0]!.map((first, i) => ({
        ...first,
        value: overLevels(perLevel.map((found) => found[i]!.value)),
      }));
    },
  };
}

/** Counts at each level, the lowest first. */
function countAtLevels(
  { classes, pixels, probabilities, truth, keep }: ScoredCase,
  { start, end }: Span,
  levels: number,
): readonly Counts[] {
  const bins = levels + 1;
  const counts = Array.from({ length: levels }, () => ({
    hit: new Array<number>(classes).fill(0),
    truth: new Array<number>(classes).fill(0),
    predicted: new Array<number>(classes).fill(0),
  }));
  for (let c = 0; c < classes; c++) {
    // [levels that the prediction reaches, levels that the truth reaches]
    const reached = new Float64Array(bins * bins);
    for (let i = start; i < end; i++) {
      if (!keep[i]) continue;
      const at = c * pixels + i;
      reached[binOf(probabilities[at]!, bins) * bins + binOf(truth[at]!, bins)]! += 1;
    }
    for (let p = 0; p < bins; p++)
      for (let y = 0; y < bins; y++) {
        const count = reached[p * bins + y]!;
        for (let level = 0; level < Math.max(p, y); level++) {
          const { hit, truth: inTruth, predicted } = counts[level]!;
          if (level < p) predicted[c]! += count;
          if (level < y) inTruth[c]! += count;
          if (level < p && level < y) hit[c]! += count;
        }
      }
  }
  return counts;
}
