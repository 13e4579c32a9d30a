/**
 * Writes the reference of the components from the registry: a page each in `docs/reference/`, and the tables of
 * `docs/language.md`; a page for each rule of the linter in `docs/rules/`; the grammar from the parser, `docs/grammar.md` with its pictures; the schemas of what dml prints in
 * `docs/schemas/`; and what editors highlight files by, in `editors/`. With `--check` nothing is written: exit 1 if something is stale or left over.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prettyJson } from '../cli/formats/pretty-json.ts';
import { yamlSchema } from '../editors/yaml-schema.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import { grammarFiles } from './docs/grammar.ts';
import { outputSchema } from './docs/output-schema.ts';
import { componentTables, referenceFiles } from './docs/reference.ts';
import { ruleFiles } from './docs/rules.ts';
import { textMateGrammar } from './highlighting/text-mate.ts';
import { vimSyntax } from './highlighting/vim.ts';

const docs = path.resolve(import.meta.dirname, '../docs');
const begin = '<!-- Written by scripts/docs.ts from the doc comments of the components. -->\n';
const end = '<!-- End of what is written by scripts/docs.ts. -->\n';

/** The document with its tables written anew. */
function language(): string {
  const current = readFileSync(path.join(docs, 'language.md'), 'utf8');
  const from = current.indexOf(begin);
  const to = current.indexOf(end);
  if (from < 0 || to < from)
    throw new Error('docs/language.md has lost the marks between which components are written');
  return `${current.slice(0, from)}${begin}\n${componentTables(registry, '###', 'reference/')}\n${current.slice(to)}`;
}

/** Files below a folder, as paths from it. */
const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(path.relative(docs, entry.parentPath), entry.name))
    : [];

const pages = await referenceFiles(registry);
const rulePages = await ruleFiles(registry, witnessOf(registry));
const wanted: Readonly<Record<string, string>> = {
  'language.md': language(),
  ...grammarFiles(),
  ...Object.fromEntries(
    Object.entries(pages).map(([file, text]) => [path.join('reference', file), text] as const),
  ),
  ...Object.fromEntries(
    Object.entries(rulePages).map(([file, text]) => [path.join('rules', file), text] as const),
  ),
  'schemas/experiment.schema.json': `${prettyJson(yamlSchema(registry))}\n`,
  'schemas/output.schema.json': `${prettyJson(outputSchema(path.dirname(docs)))}\n`,
  '../editors/vscode/syntaxes/dml.tmLanguage.json': `${prettyJson(textMateGrammar())}\n`,
  '../editors/vim/syntax/dml.vim': vimSyntax(),
};
const stale = Object.entries(wanted).filter(([file, text]) => {
  const full = path.join(docs, file);
  return !existsSync(full) || readFileSync(full, 'utf8') !== text;
});
const left = ['reference', 'rules', 'grammar', 'schemas']
  .flatMap((folder) => filesBelow(path.join(docs, folder)))
  .filter((file) => !(file in wanted));

if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${path.join('docs', file)} is stale.`);
  for (const file of left) console.error(`docs/${file} is written by nothing.`);
  if (stale.length + left.length > 0) {
    console.error('Run npm run build:docs and commit the result.');
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of stale) {
    const full = path.join(docs, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(`${full}.tmp`, text);
    renameSync(`${full}.tmp`, full);
    console.log(`${path.join('docs', file)} written`);
  }
  for (const file of left) {
    rmSync(path.join(docs, file));
    console.log(`docs/${file} removed`);
  }
}
