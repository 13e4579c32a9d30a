import type { Span } from './source.ts';
import type { Comment } from './syntax.ts';

/** The comments of a file in the order of printing: each is taken once, so that none is lost. */
export interface Comments {
  /** Those not taken yet that start before an offset. */
  take(before: number): readonly Comment[];
}

export function commentsOf(all: readonly Comment[]): Comments {
  let next = 0;
  return {
    take(before) {
      const start = next;
      while (next < all.length && all[next]!.span.start < before) next += 1;
      return all.slice(start, next);
    },
  };
}

export const noComments: Comments = { take: () => [] };

export const commentText = ({ doc, text }: Comment): string => `${doc ? '##' : '#'} ${text}`.trimEnd();

/**
 * Which of the comments found after something stands behind it on its line: one that was inside of it, or that follows
 * on the line where it ends. The others stand on lines of their own.
 */
export function behind(
  span: Span,
  found: readonly Comment[],
): { trailing: Comment | undefined; others: readonly Comment[] } {
  const [first, ...others] = found;
  const follows = first && !span.source.text.slice(span.end, first.span.start).includes('\n');
  return follows ? { trailing: first, others } : { trailing: undefined, others: found };
}
