import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runWithKeptCode } from './code-cache.ts';

/** The name of the script that `quick.ts` becomes, and nothing where there is no bundle; the build says it. */
declare const quickScript: string | undefined;

type Quick = typeof import('./quick.ts');

/** What that script is: a module's surroundings are handed to it. */
type QuickScript = (require: NodeJS.Require, meta: ImportMeta) => Quick;

/** The commands that only read files, with the code that is kept for this use; `undefined` where there is no bundle. */
export function loadQuick(use: string): Quick | undefined {
  if (typeof quickScript !== 'string') return undefined;
  const file = fileURLToPath(new URL(quickScript, import.meta.url));
  return (runWithKeptCode(file, use) as QuickScript)(createRequire(file), import.meta);
}
