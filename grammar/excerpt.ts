import { groupBy } from './group-by.ts';
import { lineAt, positionAt, type Source, type Span } from './source.ts';

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

/**
 * The lines of a source that have marks, from top to bottom. A mark of several lines is shown on its first; of a line
 * that is too long for any screen, the part around each mark.
 */
export function excerpt(source: Source, marks: readonly Mark[]): readonly ExcerptLine[] {
  const lines = groupBy(marks, ({ span }) => positionAt(source, span.start).line);
  return [...lines]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, marked]) => {
      const line = lineAt(source, number);
      const inOrder = marked.toSorted((a, b) => a.span.start - b.span.start);
      if (line.text.length <= longest) return [lineOf(line, number, inOrder)];
      return inOrder.map((mark) => lineOf(partOf(line, mark.span), number, [mark]));
    });
}

/** Letters of a line that is shown whole, and of it what is shown before and after the start of a mark. */
const longest = 500;
const [before, after] = [80, 160];

/** A line or a part of it, with signs where it was cut. */
interface Shown {
  readonly text: string;
  readonly start: number;
  readonly cut?: readonly [left: string, right: string];
}

function partOf(line: Shown, { start }: Span): Shown {
  const from = Math.max(0, start - line.start - before);
  const to = start - line.start + after;
  const cut = [from > 0 ? '…' : '', to < line.text.length ? '…' : ''] as const;
  return { text: line.text.slice(from, to), start: line.start + from, cut };
}

function lineOf({ text, start, cut = ['', ''] }: Shown, number: number, marks: readonly Mark[]): ExcerptLine {
  const underlines = marks.map(({ span, label, primary }) => {
    const from = columns(text.slice(0, span.start - start));
    const end = columns(text.slice(0, Math.max(span.end - start, 0)));
    return { label, primary, from: cut[0].length + from, width: Math.max(1, end - from) };
  });
  return { number, text: printable(cut[0] + text + cut[1]), underlines };
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
