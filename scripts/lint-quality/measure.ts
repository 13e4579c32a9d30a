import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findingsOfExample } from '../../compiler/lint/example.ts';
import { lint } from '../../compiler/lint/lint.ts';
import { rules } from '../../compiler/lint/rules/index.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import { readSignatures } from '../../runtime/own/read.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { bases, behindProtocol, rightFields, shapes } from './files.ts';
import { mutants } from './mutants.ts';

const witness = witnessOf(registry);
const used = { path: 'other.dml', text: 'dml 1\nlet soft = raters |> average\n' };

async function findingsIn(text: string, read = (_: string): Source | undefined => undefined) {
  const { diagnostics } = await lint(
    { path: 'study.dml', text },
    { registry, witness, read: (file) => (file === used.path ? used : read(file)) },
  );
  return diagnostics;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Paths of the examples, below the project. */
const examples = (): readonly string[] =>
  readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.dml'))
    .map((file) => path.join('examples', file))
    .sort();

/** As `dml lint` finds it; notes ask for nothing and are no faults of an example. */
async function findingsInExample(file: string) {
  const read = (used: string): Source | undefined => {
    const full = path.join(root, used);
    return existsSync(full) ? { path: used, text: readFileSync(full, 'utf8') } : undefined;
  };
  const place = { cwd: root, root: '.', env: process.env };
  const components = (used: string) => readSignatures(used, place, () => {});
  const { diagnostics } = await lint(read(file)!, { registry, witness, read, components });
  return diagnostics.filter(({ severity }) => severity !== 'info');
}

export interface Fault {
  readonly text: string;
  readonly found: readonly string[];
}

const codes = (found: readonly Diagnostic[]) => found.map(({ code, message }) => `${code} ${message}`);

/** Right files, and those among them in which something is found: the right example of every rule, the examples, `count` studies. */
export async function falseFindings(count: number): Promise<{ files: number; wrong: readonly Fault[] }> {
  const wrong: Fault[] = [];
  const note = (text: string, found: readonly Diagnostic[]) => {
    if (found.length > 0) wrong.push({ text, found: codes(found) });
  };
  for (const { good } of rules) note(good, await findingsOfExample(good, { registry, witness }));
  const ways = Object.values(shapes);
  for (let n = 0; n < count; n++) {
    const base = bases[n % bases.length]!;
    const text = ways[n % ways.length]!(base, rightFields(n));
    note(text, await findingsIn(text));
  }
  for (const base of bases) {
    const text = shapes['one block']!(base, {});
    note(text, await findingsIn(text));
  }
  const written = examples();
  for (const file of written) note(file, await findingsInExample(file));
  return { files: rules.length + count + bases.length + written.length, wrong };
}

export interface Recall {
  readonly code: string;
  readonly files: number;
  readonly found: number;
  readonly missed: readonly Fault[];
}

/** How many of the faulty files each rule finds: every `step`-th of all mutants of all bases in all shapes. */
export async function recalls(step = 1): Promise<readonly Recall[]> {
  const files = mutants.flatMap((mutant) =>
    bases.flatMap((base) =>
      'text' in mutant
        ? [{ code: mutant.code, text: behindProtocol(base, mutant.text) }]
        : Object.values(shapes).map((shape) => ({ code: mutant.code, text: shape(base, mutant.fields) })),
    ),
  );
  const looked = await Promise.all(
    files
      .filter((_, i) => i % step === 0)
      .map(async ({ code, text }) => ({ code, text, found: await findingsIn(text) })),
  );
  return [...new Set(looked.map(({ code }) => code))].map((code) => {
    const own = looked.filter((each) => each.code === code);
    const missed = own.filter(({ found }) => !found.some((finding) => finding.code === code));
    return {
      code,
      files: own.length,
      found: own.length - missed.length,
      missed: missed.map(({ text, found }) => ({ text, found: codes(found) })),
    };
  });
}
