import { findingsOfExample, prelude } from '../../../compiler/lint/example.ts';
import { lint } from '../../../compiler/lint/lint.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { witnessOf } from '../../../runtime/witness.ts';

export { prelude };

const witness = witnessOf(registry);

/** Lints a text behind the prelude, with the real components. */
export const lintText = async (text: string, files: Readonly<Record<string, string>> = {}) => ({
  diagnostics: await findingsOfExample(text, { registry, witness }, files),
});

/** Lints a whole file, at a path of its own. */
export const lintWhole = (text: string, files: Readonly<Record<string, string>> = {}, path = 'main.dml') =>
  lint(
    { path, text },
    {
      registry,
      witness,
      read: (path) => (files[path] === undefined ? undefined : { path, text: files[path] }),
    },
  );

export const codesOf = async (text: string, files: Readonly<Record<string, string>> = {}) =>
  (await lintText(text, files)).diagnostics.map(({ code }) => code);
