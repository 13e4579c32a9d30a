import { positionAt, type Source, type Span } from './source.ts';

/** Groups in the order of their first members. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A span to underline in a line of source. */
export interface Mark {
  readonly span: Span;
  readonly label: string;
  readonly primary: boolean;
}

/** One line of source as it is shown, and what is underlined in it, in columns of the screen from 0. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly underlines: readonly (Pick<Mark, 'label' | 'primary'> & { from: number; width: number })[];
}

/** The lines of a source that have marks, from top to bottom. A mark of several lines is shown on its first. */
export function excerpt(source: Source, marks: readonly Mark[]): readonly ExcerptLine[] {
  const lines = groupBy(marks, ({ span }) => positionAt(source, span.start).line);
  return [...lines].sort(([a], [b]) => a - b).map(([number, marked]) => lineOf(source, number, marked));
}

function lineOf(source: Source, number: number, marks: readonly Mark[]): ExcerptLine {
  const start = source.text.lastIndexOf('\n', (marks[0]?.span.start ?? 0) - 1) + 1;
  const [line = ''] = source.text.slice(start).split(/\r?\n/, 1);
  const underlines = marks
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, label, primary }) => {
      const from = columns(line.slice(0, span.start - start));
      const end = columns(line.slice(0, Math.max(span.end - start, 0)));
      return { label, primary, from, width: Math.max(1, end - from) };
    });
  return { number, text: printable(line), underlines };
}

const tab = '  ';
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** A text as a terminal may have it: tabs of a known width, and no control sequences from a file. */
export const printable = (text: string): string =>
  text.replaceAll('\t', tab).replace(/(?!\n)\p{Cc}/gu, '\ufffd');

/** Columns that a text takes on the screen. */
const columns = (text: string): number =>
  Array.from(printable(text), (letter) =>
    /\p{M}|\u200d/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1,
  ).reduce<number>((sum, width) => sum + width, 0);
