import { isCanonical } from '../compiler/canonical/path.ts';
import { inspectYaml } from '../compiler/canonical/read.ts';
import type { Inspected } from '../compiler/check/check.ts';
import { rememberLaws } from '../compiler/laws/term.ts';
import type { Look } from '../compiler/lint/fix.ts';
import { findingsOf, lint } from '../compiler/lint/lint.ts';
import { withoutSuppressed } from '../compiler/lint/suppressed.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Source } from '../grammar/source.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import type { Context } from './command.ts';
import { onDisk, type Reader, withTexts } from './reader.ts';

/** Says what is wrong with a file, and what the rules say about its experiments. Files share what rules computed. */
export function openLinter(context: Context, disk = onDisk(context)): Look {
  const witness = witnessOf(registry);
  const laws = rememberLaws();
  return async (file, texts) => {
    const reader = withTexts(texts, disk);
    const source = await reader.source(file);
    if (isCanonical(source.path)) return inspectCanonical(source, { witness, laws }, reader);
    return lint(source, {
      registry,
      witness,
      laws,
      read: reader.read,
      components: reader.components(source.path),
    });
  };
}

/** Of a file of which there is nothing but one thing to say. */
export const nothingBut = (finding: Diagnostic): Inspected => ({
  value: undefined,
  diagnostics: [finding],
  file: undefined,
  files: [],
  registry,
});

async function inspectCanonical(
  source: Source,
  tools: Parameters<typeof findingsOf>[1],
  reader: Reader,
): Promise<Inspected> {
  const { value, diagnostics, suppressions } = inspectYaml(source, {
    registry,
    read: reader.read,
    components: reader.components(source.path),
    byCode: reader.byCode,
  });
  const found = [...diagnostics, ...(value ? await findingsOf(value, tools) : [])];
  const left = withoutSuppressed(source.path, found, suppressions, value ? suppressions : []);
  return { value, diagnostics: left, file: undefined, files: [], registry };
}
