/**
 * Writes the component part of `docs/language.md` from the registry. With `--check` nothing is written: exit 1 if the
 * document is stale.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '../runtime/registry.generated.ts';
import { componentReference } from './docs/components.ts';

const file = path.resolve(import.meta.dirname, '../docs/language.md');
const begin = '<!-- Written by scripts/docs.ts from the doc comments of the components. -->\n';
const end = '<!-- End of what is written by scripts/docs.ts. -->\n';

const current = readFileSync(file, 'utf8');
const from = current.indexOf(begin);
const to = current.indexOf(end);
if (from < 0 || to < from) throw new Error(`${file} has lost the marks between which components are written`);
const fresh = `${current.slice(0, from)}${begin}\n${componentReference(registry)}\n${current.slice(to)}`;

if (fresh !== current) {
  if (process.argv.includes('--check')) {
    console.error('docs/language.md is stale: run npm run build:docs and commit the result.');
    process.exitCode = 1;
  } else {
    writeFileSync(`${file}.tmp`, fresh);
    renameSync(`${file}.tmp`, file);
    console.log('docs/language.md written');
  }
}
