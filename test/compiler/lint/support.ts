import { lint } from '../../../compiler/lint/lint.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { witnessOf } from '../../../runtime/witness.ts';
import { prelude } from '../check/support.ts';

/** Lints a text behind the prelude, with the real components. */
export const lintText = (text: string, files: Readonly<Record<string, string>> = {}) =>
  lint(
    { path: 'main.dml', text: prelude + text },
    {
      registry,
      witness: witnessOf(registry),
      read: (path) => (files[path] === undefined ? undefined : { path, text: files[path] }),
    },
  );

export const codesOf = async (text: string, files: Readonly<Record<string, string>> = {}) =>
  (await lintText(text, files)).diagnostics.map(({ code }) => code);
