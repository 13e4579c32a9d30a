import { firstFrom } from './search.ts';

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
  const ends = lineEndsOf(source);
  const line = firstFrom(ends, offset, (end) => end);
  return { line: line + 1, column: offset - (ends[line - 1] ?? -1) };
}

/** The line of this number, without its end, and where it starts. */
export function lineAt(source: Source, line: number): { readonly text: string; readonly start: number } {
  const ends = lineEndsOf(source);
  const start = (ends[line - 2] ?? -1) + 1;
  return { text: source.text.slice(start, ends[line - 1]).replace(/\r$/, ''), start };
}

/** Where lines end, of sources that were asked for before: thousands of findings may lie in one file. */
const known = new WeakMap<Source, readonly number[]>();

function lineEndsOf(source: Source): readonly number[] {
  const before = known.get(source);
  if (before) return before;
  const ends: number[] = [];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) ends.push(at);
  known.set(source, ends);
  return ends;
}

export const join = (first: Span, last: Span): Span => ({
  source: first.source,
  start: first.start,
  end: last.end,
});
