import { messages as canonicalMessages } from '../compiler/canonical/messages.ts';
import { messages as checkMessages } from '../compiler/check/messages.ts';
import { layoutOf } from '../compiler/lint/example.ts';
import { messages as lintMessages } from '../compiler/lint/messages.ts';
import { rules } from '../compiler/lint/rules/index.ts';
import type { CatalogueEntry, Severity, Template } from '../grammar/diagnostic.ts';
import { messages as grammarMessages } from '../grammar/messages.ts';
import { nearest } from '../grammar/nearest.ts';
import { UsageError } from './errors.ts';

/** What `dml explain DML1203` tells. */
export interface CodeExplanation {
  readonly code: string;
  /** Of a rule of the linter. */
  readonly name?: string;
  readonly severity: Severity;
  /** With the gaps named: `There is no ‹family› called ‹name›.`; of a rule its summary. */
  readonly message: string;
  readonly help?: string;
  /** A file, or the part of one, that gives this. */
  readonly example: string;
  /** Of a rule of the linter: what is at stake, how to write it instead, and where that is known from. */
  readonly why?: string;
  readonly good?: string;
  readonly source?: string;
}

/** Every message that a file can get, by its code. */
export function allCodes(): ReadonlyMap<string, CodeExplanation> {
  const catalogues = [grammarMessages, checkMessages, canonicalMessages, lintMessages];
  const found = [
    ...catalogues.flatMap(({ entries }) =>
      Object.entries(entries).map(([code, entry]) => fromEntry(code, entry)),
    ),
    ...rules.map(({ code, name, level, summary, help, bad, good, why, source }) => ({
      code,
      name,
      severity: level,
      message: summary,
      help: withGaps(help),
      example: bad,
      why,
      good,
      source,
    })),
  ];
  return new Map(found.map((one) => [one.code, one]));
}

/** By code, or by the name of a rule. */
export function explainCode(code: string): CodeExplanation {
  const codes = allCodes();
  const found = codes.get(code) ?? [...codes.values()].find(({ name }) => name === code);
  if (found?.good !== undefined)
    return { ...found, example: layoutOf(found.example), good: layoutOf(found.good) };
  if (found) return found;
  const names = [...codes.values()].flatMap(({ code, name }) => [code, ...(name ? [name] : [])]);
  const best = nearest(code, names);
  throw new UsageError(
    `There is no message ${code}.`,
    best ? `Did you mean ${best}?` : 'Codes look like DML1203.',
  );
}

function fromEntry(code: string, { severity, message, help, example }: CatalogueEntry): CodeExplanation {
  return { code, severity, message: withGaps(message), ...(help ? { help: withGaps(help) } : {}), example };
}

const withGaps = ({ names, render }: Template<string>): string =>
  render(Object.fromEntries(names.map((name) => [name, `‹${name}›`])));
