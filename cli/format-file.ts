import { isCanonical } from '../compiler/canonical/path.ts';
import { newerVersion } from '../compiler/check/version.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import { format } from '../grammar/format.ts';
import { parse } from '../grammar/parser.ts';
import type { Source } from '../grammar/source.ts';
import type { Context } from './command.ts';
import { UsageError } from './errors.ts';
import { readSource } from './files.ts';

export interface Formatted {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** Errors of syntax, or of the version: then the text stays. */
  readonly diagnostics: readonly Diagnostic[];
  /** What else has been done to it. */
  readonly note?: string;
}

/** A file and its canonical layout; with errors of syntax, or of a newer version, the text stays. */
export async function formatFile(file: string, context: Context): Promise<Formatted> {
  return { ...formatSource(await readSource(file, context)), file };
}

export function formatSource(source: Source): Formatted {
  if (isCanonical(source.path))
    throw new UsageError(
      `${source.path} is YAML: only .dml files are formatted.`,
      `dml compile ${source.path} --emit yaml writes it anew, without its comments.`,
      source.path,
    );
  const { value: tree, diagnostics } = parse(source);
  const errors = [
    ...newerVersion(tree?.version),
    ...diagnostics.filter(({ severity }) => severity === 'error'),
  ];
  const after = tree && errors.length === 0 ? format(tree) : source.text;
  return { file: source.path, before: source.text, after, diagnostics: errors };
}
