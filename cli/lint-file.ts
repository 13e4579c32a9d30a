import { isCanonical } from '../compiler/canonical/path.ts';
import { inspectYaml } from '../compiler/canonical/read.ts';
import type { Inspected } from '../compiler/check/check.ts';
import { rememberLaws } from '../compiler/laws/term.ts';
import type { Look } from '../compiler/lint/fix.ts';
import { findingsOf, lint } from '../compiler/lint/lint.ts';
import { withoutSuppressed } from '../compiler/lint/suppressed.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Source } from '../grammar/source.ts';
import { signaturesOfCode } from '../runtime/own/read.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import type { Context } from './command.ts';
import { onDisk, type Reader } from './files.ts';
import { ownSignatures } from './own-signatures.ts';

/** Says what is wrong with a file, and what the rules say about its experiments. Files share what rules computed. */
export function openLinter(context: Context): Look {
  const witness = witnessOf(registry);
  const laws = rememberLaws();
  return async (file, texts) => {
    const reader = withTexts(texts, onDisk(context));
    const source = await reader.source(file);
    if (isCanonical(source.path)) return inspectCanonical(source, { witness, laws }, context);
    return lint(source, {
      registry,
      witness,
      laws,
      read: reader.read,
      components: ownSignatures(source.path, context),
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
  context: Context,
): Promise<Inspected> {
  const { value, diagnostics, suppressions } = inspectYaml(source, {
    registry,
    read: onDisk(context).read,
    components: ownSignatures(source.path, context),
    byCode: (code) => signaturesOfCode(code, context.env),
  });
  const found = [...diagnostics, ...(value ? await findingsOf(value, tools) : [])];
  const left = withoutSuppressed(source.path, found, suppressions, value ? suppressions : []);
  return { value, diagnostics: left, file: undefined, files: [], registry };
}

/** Files with some texts in the place of what lies on disk. */
export const withTexts = (texts: ReadonlyMap<string, string>, disk: Reader): Reader => {
  const given = (file: string) => {
    const text = texts.get(file);
    return text === undefined ? undefined : { path: file, text };
  };
  return {
    source: async (file) => given(file) ?? disk.source(file),
    read: (file) => given(file) ?? disk.read(file),
  };
};
