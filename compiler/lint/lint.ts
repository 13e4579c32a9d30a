import path from 'node:path';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { messages as grammarMessages } from '../../grammar/messages.ts';
import { nearest } from '../../grammar/nearest.ts';
import type { Source, Span } from '../../grammar/source.ts';
import { suggestion } from '../check/blame.ts';
import { type CheckOptions, type Inspected, inspect } from '../check/check.ts';
import { collectFindings } from '../check/context.ts';
import { messages as checkMessages } from '../check/messages.ts';
import { type Suppression, suppressionOf, suppressionsOf } from '../check/suppression.ts';
import type { Program } from '../experiment.ts';
import { type LawOfTerm, rememberLaws } from '../laws/term.ts';
import { armsOf } from './arms.ts';
import { textAt } from './edits.ts';
import { messages } from './messages.ts';
import type { LintRule, Study, Witness } from './rule.ts';
import { rules as allRules } from './rules/index.ts';

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
  const silenced = new Map(found.map((diagnostic) => [diagnostic, suppressionOf(diagnostic, suppressions)]));
  const collected = collectFindings(main);
  for (const [diagnostic, suppression] of silenced) if (!suppression) collected.report(diagnostic);
  const used = new Set(
    [...silenced].flatMap(([{ code }, suppression]) => (suppression ? [keyOf(suppression, code)] : [])),
  );
  // Of a file with errors the rules have seen nothing, so nothing is known of what it suppresses.
  const own = value ? suppressions.filter(({ span }) => span.source.path === main) : [];
  for (const suppression of own) idle(suppression, used).forEach(collected.report);
  return { ...inspected, diagnostics: collected.all() };
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
    sweeps: [...sweeps, ...compares.flatMap(armsOf)].map((sweep) => ({ ...tools, sweep })),
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

const keyOf = ({ span }: Suppression, code: string) => `${span.source.path} ${span.start} ${code}`;

/** Everything that is not an error and so can be suppressed. */
const known: readonly string[] = [
  ...allRules.map(({ code }) => code),
  ...[grammarMessages, checkMessages, messages].flatMap(({ entries }) => Object.keys(entries)),
];

/** A code that nothing has, with the one that was meant; the comment alone changes. */
function unknown(code: string, span: Span): Diagnostic {
  const guess = nearest(code, known);
  const start = span.start + textAt(span).indexOf(code);
  const place = { ...span, start, end: start + code.length };
  if (guess === undefined) return messages.at(place, 'DML3003', { code });
  return messages.at(place, 'DML3003', { code }, suggestion(place, guess, known));
}

/** What a suppression itself is found for: no code, no reason, or nothing that it suppresses. */
function idle(suppression: Suppression, used: ReadonlySet<string>): readonly Diagnostic[] {
  const { codes, reason, span } = suppression;
  if (codes.length === 0) return [messages.at(span, 'DML3001', { missing: 'it names no code' })];
  if (reason === '') return [messages.at(span, 'DML3001', { missing: 'it gives no reason' })];
  return codes
    .filter((code) => !used.has(keyOf(suppression, code)))
    .map((code) => (known.includes(code) ? messages.at(span, 'DML3002', { code }) : unknown(code, span)));
}
