import { lint } from '../../../compiler/lint/lint.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { witnessOf } from '../../../runtime/witness.ts';
import { prelude as usual } from '../check/support.ts';

/** An odd number of raters, which no rule minds. */
export const prelude = usual.replace('source: phantom', 'source: phantom(raters: 5)');

/** Lints a text behind the prelude, with the real components. */
export const lintText = (text: string, files: Readonly<Record<string, string>> = {}) =>
  lintWhole(prelude + text, files);

/** Lints a whole file, at a path of its own. */
export const lintWhole = (text: string, files: Readonly<Record<string, string>> = {}, path = 'main.dml') =>
  lint(
    { path, text },
    {
      registry,
      witness: witnessOf(registry),
      read: (path) => (files[path] === undefined ? undefined : { path, text: files[path] }),
    },
  );

export const codesOf = async (text: string, files: Readonly<Record<string, string>> = {}) =>
  (await lintText(text, files)).diagnostics.map(({ code }) => code);
