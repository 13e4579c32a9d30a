import type { Span } from './source.ts';

/** `info` is told and asks for nothing: a command that finds nothing else has found nothing wrong. */
export type Severity = 'error' | 'warning' | 'info';

/** Replace the text of a span. */
export interface Edit {
  readonly span: Span;
  readonly replacement: string;
}

/** What may be done about a finding, as data: the command line, JSON and the editor apply the same. */
export interface Fix {
  readonly title: string;
  /** Of one file, not overlapping, at least one. */
  readonly edits: readonly Edit[];
  /** Meant to leave every compiled training graph and every score as it is; whoever applies it proves that. */
  readonly safe: boolean;
}

/** The fix that writes one thing in place of another, and so may change what the file means. */
export const replacing = (title: string, span: Span, replacement: string): Fix => ({
  title,
  edits: [{ span, replacement }],
  safe: false,
});

/** A text after some edits of it, none of which overlap. */
export const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (left, { span, replacement }) => left.slice(0, span.start) + replacement + left.slice(span.end),
      text,
    );

/** One thing found in a source, as data: terminal, JSON and editor are printers of it. */
export interface Diagnostic {
  /** Stable for life, never reused: `DML1203`. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  /** Other places that belong to the finding, each with its label. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fix?: Fix;
}

/** A value unless an error was found, and everything there is to say about it. */
export interface Outcome<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type Template<Names extends string> = {
  readonly names: readonly Names[];
  readonly render: (values: Record<Names, string>) => string;
};

/** A sentence with named gaps: a forgotten value is a type error where the diagnostic is made. */
export function text<const Names extends string[]>(
  strings: TemplateStringsArray,
  ...names: Names
): Template<Names[number]> {
  return {
    names,
    render: (values) =>
      strings.reduce((sentence, part, i) => sentence + values[names[i - 1] as Names[number]] + part),
  };
}

export interface CatalogueEntry {
  readonly severity: Severity;
  readonly message: Template<string>;
  readonly help?: Template<string>;
  /** A file, or the part of one, that gives this diagnostic; a test compiles it. */
  readonly example: string;
}

type NamesOf<T> = T extends Template<infer Names> ? Names : never;
type ValuesOf<Entry> = Entry extends { message: infer M; help?: infer H }
  ? Record<NamesOf<M> | NamesOf<H>, string>
  : never;

/** Everything that a stage can say. Codes are keys; `at` makes one diagnostic. */
export function catalogue<const Entries extends Record<`DML${number}`, CatalogueEntry>>(entries: Entries) {
  return {
    entries: entries as Record<string, CatalogueEntry>,
    at<Code extends keyof Entries & string>(
      span: Span,
      code: Code,
      values: ValuesOf<Entries[Code]>,
      extra: Pick<Diagnostic, 'related' | 'fix'> & { help?: string } = {},
    ): Diagnostic {
      const { severity, message, help } = entries[code] as CatalogueEntry;
      const filled = values as Record<string, string>;
      const advice = extra.help ?? help?.render(filled);
      return {
        code,
        severity,
        span,
        message: message.render(filled),
        ...extra,
        ...(advice ? { help: advice } : {}),
      };
    },
  };
}
