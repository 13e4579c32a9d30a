import path from 'node:path';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import { type CheckOptions, type Inspected, inspect } from '../check/check.ts';
import { suppressionsOf } from '../check/suppression.ts';
import type { Program } from '../experiment.ts';
import { type LawOfTerm, rememberLaws } from '../laws/term.ts';
import { armsAcross } from './arms.ts';
import type { LintRule, Study, Witness } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { withoutSuppressed } from './suppressed.ts';

export interface LintOptions extends CheckOptions {
  readonly witness: Witness;
  /** Shared by files that are linted together, so that equal terms are decided once. */
  readonly laws?: LawOfTerm;
  readonly rules?: readonly LintRule[];
}

/**
 * Everything that `check` finds, then what the rules say about every experiment and every arm of a right file; less
 * what the files suppress, with reasons.
 */
export async function lint(source: Source, options: LintOptions): Promise<Inspected> {
  const inspected = inspect(source, options);
  const { value, diagnostics, files } = inspected;
  const found = [...diagnostics, ...(value ? await findingsOf(value, options, inspected) : [])];
  const main = path.normalize(source.path);
  const suppressions = files.flatMap(({ tree }) => suppressionsOf(tree));
  // Of a file with errors the rules have seen nothing, so nothing is known of what it suppresses.
  const own = value ? suppressions.filter(({ span }) => span.source.path === main) : [];
  return { ...inspected, diagnostics: withoutSuppressed(main, found, suppressions, own) };
}

/** What the rules say about a program; those of files say nothing where it was read from another kind of file. */
export async function findingsOf(
  { experiments, sweeps, compares, components: registry }: Program,
  { witness, laws = rememberLaws(), rules = allRules }: Pick<LintOptions, 'witness' | 'laws' | 'rules'>,
  { file, files }: Pick<Inspected, 'file' | 'files'> = { file: undefined, files: [] },
): Promise<readonly Diagnostic[]> {
  const tools = { registry, witness, laws };
  const arms = sweeps.flatMap((sweep) => sweep.arms.map(({ experiment }) => experiment));
  const study: Study = {
    experiments: [
      ...experiments.map((experiment) => ({ ...tools, experiment, isArm: false })),
      ...arms.map((experiment) => ({ ...tools, experiment, isArm: true })),
    ],
    sweeps: [...sweeps, ...compares.flatMap(armsAcross)].map((sweep) => ({ ...tools, sweep })),
    compares: compares.map((compare) => ({ ...tools, compare })),
    files: file ? [{ ...tools, file, files, experiments: [...experiments, ...arms], sweeps }] : [],
  };
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    const checked = rule.check(study);
    found.push(...(checked instanceof Promise ? await checked : checked));
  }
  return found;
}
