import picocolors from 'picocolors';
import type { Diagnostic, Fix, Severity } from './diagnostic.ts';
import { type ExcerptLine, excerpt, type Mark, printable } from './excerpt.ts';
import { groupBy } from './group-by.ts';
import { type Position, positionAt, type Source, type Span } from './source.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

/** Diagnostics for people: message, place, excerpt with the spans underlined, what to do. Ends with a line end. */
export function render(diagnostics: readonly Diagnostic[], { colour }: { readonly colour: boolean }): string {
  const colours = picocolors.createColors(colour);
  return diagnostics.map((diagnostic) => `${rendered(diagnostic, colours)}\n`).join('\n');
}

function rendered({ code, severity, span, message, help, related = [], fix }: Diagnostic, colours: Colours) {
  const paint = colours[paints[severity]];
  const marks: readonly Mark[] = [
    { span, label: '', primary: true },
    ...related.map((other) => ({ span: other.span, label: other.message, primary: false })),
  ];
  const excerpts = [...groupBy(marks, (mark) => mark.span.source)].map(
    ([source, found]) => [source, found[0]!.span, excerpt(source, found)] as const,
  );
  const numbers = excerpts.flatMap(([, , lines]) => lines.map(({ number }) => `${number}`.length));
  const gutter = ' '.repeat(Math.max(...numbers));
  const bar = colours.blue('|');
  const shown = excerpts.flatMap(([source, first, lines], i) => [
    `${gutter}${colours.blue(i === 0 ? '-->' : ':::')} ${placeOf(source, first)}`,
    `${gutter} ${bar}`,
    ...lines.flatMap((line, j) => [
      ...(j > 0 && line.number > lines[j - 1]!.number + 1 ? [colours.blue('...')] : []),
      ...linesOf(line, gutter.length, bar, colours, paint),
    ]),
  ]);
  const advice = help ?? (fix && `${fix.title}.`);
  const indent = `\n${gutter}         `;
  return [
    `${colours.bold(paint(`${severity}[${code}]`))}${colours.bold(`: ${printable(message)}`)}`,
    ...shown,
    ...(advice
      ? [
          `${gutter} ${colours.blue('=')} ${colours.bold('help')}: ${printable(advice).replaceAll('\n', indent)}`,
        ]
      : []),
  ].join('\n');
}

const paints = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

function linesOf(
  { number, text, underlines }: ExcerptLine,
  width: number,
  bar: string,
  colours: Colours,
  paint: (text: string) => string,
): readonly string[] {
  const blank = ' '.repeat(width);
  return [
    `${colours.blue(`${number}`.padStart(width))} ${bar} ${text}`.trimEnd(),
    ...underlines.map((mark) => {
      const line = (mark.primary ? '^' : '-').repeat(mark.width);
      const label = mark.label ? `${line} ${printable(mark.label)}` : line;
      return `${blank} ${bar} ${' '.repeat(mark.from)}${mark.primary ? paint(label) : colours.blue(label)}`;
    }),
  ];
}

function placeOf(source: Source, span: Span): string {
  const { line, column } = positionAt(source, span.start);
  return `${source.path}:${line}:${column}`;
}

interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

/** A diagnostic for machines. Lines and columns count from 1, columns in UTF-16 units; `end` is after the last one. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to do about it. */
  readonly help: string | null;
  /** What may be done about it: texts that replace others. A safe one is meant to change no training and no score. */
  readonly suggestions: readonly {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly {
      readonly file: string;
      readonly range: JsonRange;
      readonly replacement: string;
    }[];
  }[];
  readonly file: string;
  readonly range: JsonRange;
  /** Other places that belong to it. */
  readonly related: readonly {
    readonly message: string;
    readonly file: string;
    readonly range: JsonRange;
  }[];
}

export function toJson({
  code,
  severity,
  message,
  span,
  help,
  related = [],
  fix,
}: Diagnostic): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    help: help ?? null,
    suggestions: fix ? [suggestionOf(fix)] : [],
    file: span.source.path,
    range: rangeOf(span),
    related: related.map((other) => ({
      message: other.message,
      file: other.span.source.path,
      range: rangeOf(other.span),
    })),
  };
}

const suggestionOf = ({ title, safe, edits }: Fix): JsonDiagnostic['suggestions'][number] => ({
  title,
  safe,
  edits: edits.map(({ span, replacement }) => ({
    file: span.source.path,
    range: rangeOf(span),
    replacement,
  })),
});

const rangeOf = ({ source, start, end }: Span): JsonRange => ({
  start: positionAt(source, start),
  end: positionAt(source, end),
});
