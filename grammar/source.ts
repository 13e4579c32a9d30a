/** A text and where it came from. `path` is what messages show: relative to the working directory, or `--set`. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A half-open range [start, end) of UTF-16 offsets in a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Thrown by whoever reads a file that is there for one that cannot be read. `why` goes on: `it is no text in UTF-8`. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly why: string;
  constructor(path: string, why: string) {
    super(`${path} cannot be read: ${why}.`);
    this.why = why;
  }
}

/** Line and column, both counted from 1. */
export interface Position {
  /** @integer */
  readonly line: number;
  /** @integer */
  readonly column: number;
}

export function positionAt(source: Source, offset: number): Position {
  const before = source.text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

export const join = (first: Span, last: Span): Span => ({
  source: first.source,
  start: first.start,
  end: last.end,
});
