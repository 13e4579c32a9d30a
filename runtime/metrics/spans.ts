import type { ScoredCase } from './metric.ts';

/** Pixels `start` … `end − 1` of a case. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What one value is counted over. */
export type By = 'case' | 'image' | 'class' | 'data';

/** Whether each image of a case is counted by itself. */
export const isPerImage = (by: By): boolean => by === 'image' || by === 'class';

/** What is counted by itself: each image of a case, or the case with all of them. One without a kept pixel is left out. */
export function spansOf({ pixels, images, keep }: ScoredCase, by: By): readonly Span[] {
  const count = isPerImage(by) ? images : 1;
  const size = pixels / count;
  return Array.from({ length: count }, (_, i) => ({ start: i * size, end: (i + 1) * size })).filter(
    ({ start, end }) => {
      for (let i = start; i < end; i++) if (keep[i]) return true;
      return false;
    },
  );
}
