#!/usr/bin/env node
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runWithKeptCode } from './code-cache.ts';
import { isQuick } from './quick-names.ts';

/** The name of the script that `quick.ts` becomes, and nothing where there is no bundle; the build says it. */
declare const quickScript: string | undefined;

/** What that script is: a module's surroundings are handed to it. */
type QuickScript = (require: NodeJS.Require, meta: ImportMeta) => typeof import('./quick.ts');

const [, , name] = process.argv;
if (typeof quickScript === 'string' && isQuick(name)) {
  const file = fileURLToPath(new URL(quickScript, import.meta.url));
  const quick = (runWithKeptCode(file, name) as QuickScript)(createRequire(file), import.meta);
  await quick.startQuick();
} else {
  const [{ commands }, { start }] = await Promise.all([import('./commands.ts'), import('./start.ts')]);
  await start(commands);
}
