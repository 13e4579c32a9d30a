import type { ScoredCase } from './metric.ts';
import { largestClasses } from './selection.ts';
import type { By, Span } from './spans.ts';

/** Pixels of an image or case, by class. */
export interface Counts {
  /** Those that have the class on both sides. */
  readonly hit: readonly number[];
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}

/** Counts of each span, each side taking the class of its largest value (of a soft truth, too), the lower one on ties. */
export function countLargest(scored: ScoredCase, spans: readonly Span[]): readonly Counts[] {
  const { classes, pixels, probabilities, keep } = scored;
  const predicted = largestClasses(probabilities, classes, pixels);
  const truth = largestClasses(scored.truth, classes, pixels);
  return spans.map(({ start, end }) => {
    const counts = {
      hit: new Array<number>(classes).fill(0),
      truth: new Array<number>(classes).fill(0),
      predicted: new Array<number>(classes).fill(0),
    };
    for (let i = start; i < end; i++) {
      if (!keep[i]) continue;
      const p = predicted[i]!;
      const y = truth[i]!;
      counts.predicted[p]! += 1;
      counts.truth[y]! += 1;
      if (p === y) counts.hit[p]! += 1;
    }
    return counts;
  });
}

/** Counts of a case that came in pieces: those of its images one after the other, or of the case as one. */
export function joinCounts(pieces: readonly (readonly Counts[])[], by: By): readonly Counts[] {
  const all = pieces.flat();
  const sum = by === 'case' ? addCounts(all) : undefined;
  return sum ? [sum] : all;
}

/** All of them as one; `undefined` of none. */
export function addCounts(counts: readonly Counts[]): Counts | undefined {
  const [first] = counts;
  if (!first) return undefined;
  const sum = (side: keyof Counts) =>
    first[side].map((_, c) => counts.reduce((total, one) => total + one[side][c]!, 0));
  return { hit: sum('hit'), truth: sum('truth'), predicted: sum('predicted') };
}
