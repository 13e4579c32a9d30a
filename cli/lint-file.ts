import { isCanonical } from '../compiler/canonical/path.ts';
import { rememberLaws } from '../compiler/laws/term.ts';
import { findingsOf, lint } from '../compiler/lint/lint.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import type { Context } from './command.ts';
import { onDisk, readSource, usedFiles } from './files.ts';
import { ownSignatures } from './own-signatures.ts';
import { openFile } from './program.ts';

/** Says what is wrong with a file, and what the rules say about its experiments. Files share what rules computed. */
export function openLinter(context: Context): (file: string) => Promise<readonly Diagnostic[]> {
  const witness = witnessOf(registry);
  const laws = rememberLaws();
  return async (file) => {
    const source = await readSource(file, context);
    if (isCanonical(source.path)) {
      const reader = { ...onDisk(context), source: async () => source };
      const { program, diagnostics } = await openFile(file, context, { reader });
      return [...diagnostics, ...(program ? await findingsOf(program, { witness, laws }) : [])];
    }
    const { diagnostics } = await lint(source, {
      registry,
      witness,
      laws,
      read: usedFiles(context),
      components: ownSignatures(source.path, context),
    });
    return diagnostics;
  };
}
