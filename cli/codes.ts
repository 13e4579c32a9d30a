import { messages as checkMessages } from '../compiler/check/messages.ts';
import type { CatalogueEntry } from '../grammar/diagnostic.ts';
import { messages as grammarMessages } from '../grammar/messages.ts';
import { nearest } from '../grammar/nearest.ts';
import { UsageError } from './errors.ts';

/** What `dml explain DML1203` tells. */
export interface CodeExplanation {
  readonly code: string;
  readonly severity: string;
  /** With the gaps named: `There is no ‹family› called ‹name›.` */
  readonly message: string;
  readonly help?: string;
  readonly example: string;
  /** Of a rule of the linter: what is at stake, how to write it instead, and where that is known from. */
  readonly why?: string;
  readonly good?: string;
  readonly source?: string;
}

export function explainCode(code: string): CodeExplanation {
  const entries: Readonly<Record<string, CatalogueEntry>> = {
    ...grammarMessages.entries,
    ...checkMessages.entries,
  };
  const entry = entries[code];
  if (!entry) {
    const best = nearest(code, Object.keys(entries));
    throw new UsageError(
      `There is no message ${code}.`,
      best ? `Did you mean ${best}?` : 'Codes look like DML1203.',
    );
  }
  return {
    code,
    severity: entry.severity,
    message: withGaps(entry.message),
    ...(entry.help ? { help: withGaps(entry.help) } : {}),
    example: entry.example,
  };
}

function withGaps({ names, render }: CatalogueEntry['message']): string {
  return render(Object.fromEntries(names.map((name) => [name, `‹${name}›`])));
}
