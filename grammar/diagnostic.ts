import type { Span } from './source.ts';

export type Severity = 'error' | 'warning';

/** Replace the text of a span. */
export interface Fix {
  readonly title: string;
  readonly span: Span;
  readonly replacement: string;
}

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
