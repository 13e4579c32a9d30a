import type { ScoredCase } from './metric.ts';

/** Pixels `start` … `end − 1` of a case. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is counted by itself: each image of a case, or the case with all of them. One without a kept pixel is left out. */
export function spansOf({ pixels, images, keep }: ScoredCase, by: 'image' | 'case'): readonly Span[] {
  const count = by === 'image' ? images : 1;
  const size = pixels / count;
  return Array.from({ length: count }, (_, i) => ({ start: i * size, end: (i + 1) * size })).filter(
    ({ start, end }) => {
      for (let i = start; i < end; i++) if (keep[i]) return true;
      return false;
    },
  );
}
