import path from 'node:path';
import { projectRoot } from '../compiler/check/check.ts';
import type { Experiment } from '../compiler/experiment.ts';
import type { Component, Registry } from '../compiler/registry.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import { codesIn } from '../runtime/own/codes.ts';
import { compileOwn, type OwnProgram } from '../runtime/own/compile.ts';
import type { OwnComponents } from '../runtime/own/components.ts';
import { allow, isAllowed } from '../runtime/own/permission.ts';
import type { TypeFault } from '../runtime/own/protocol.ts';
import { importedBy, type Place } from '../runtime/own/read.ts';
import type { Context, Report } from './command.ts';
import { UsageError } from './errors.ts';
import { findingsReport } from './findings.ts';
import { keepVerdicts } from './kept-verdicts.ts';

/** A registry whose components can be loaded, the user's own among them. */
export interface Loadable {
  readonly registry: Registry;
  /** Absent where nothing of the user's own is used. */
  readonly own?: OwnComponents;
}

/** What is to be run: what was checked, with the registry that its names are from. */
export interface Subject {
  /** Experiments, or any checked values. */
  readonly used: unknown;
  readonly components: Registry;
  /** The file that was named. */
  readonly file: string;
  /** Those of them whose losses are to be decided now that their code may run. */
  readonly experiments?: readonly Experiment[];
}

/** A file of the user's own TypeScript that something uses. */
interface OwnFile {
  readonly file: string;
  readonly code: string;
  readonly components: readonly Component[];
}

/**
 * Loads the user's own components that a subject uses, if the user has allowed their files: before, by `--allow`, or by
 * an answer now. Types are checked first; where they do not hold, the report says so.
 *
 * @param allowed the files of `--allow`
 */
export async function loadable(
  subject: Subject,
  allowed: readonly string[],
  context: Context,
): Promise<Loadable | { readonly report: Report }> {
  const { cwd, env } = context;
  const files = filesOf(subject);
  demandUsed(allowed, files, subject, cwd);
  if (files.length === 0) return { registry: subject.components };
  const place: Place = { cwd, env, root: projectRoot(subject.file) };
  await demandPermission(files, allowed, subject, place, context);

  const programs: OwnProgram[] = [];
  const faults: TypeFault[] = [];
  for (const { file, code } of files) {
    const compiled = compileOwn(file, code, place);
    if ('program' in compiled) programs.push(compiled.program);
    else faults.push(...compiled.errors);
  }
  if (faults.length > 0) return { report: faultsReport(faults, files.length, place, context) };
  const { ownComponents, withOwn } = await import('../runtime/own/components.ts');
  const own = ownComponents(subject.components, programs);
  const registry = withOwn(subject.components, own);
  await keepVerdicts(subject.experiments ?? [], registry, env);
  return { registry, own };
}

function filesOf({ used, components }: Subject): readonly OwnFile[] {
  const codes = codesIn(used);
  const own = Object.values(components)
    .flatMap((family) => Object.values(family))
    .filter(({ code }) => code !== undefined && codes.has(code));
  return [...new Set(own.map(({ file }) => file))].map((file) => {
    const inside = own.filter((component) => component.file === file);
    return { file, code: inside[0]!.code!, components: inside };
  });
}

/** `--allow` of another file than those that would run is a mistake, which must not pass for an answer. */
function demandUsed(allowed: readonly string[], files: readonly OwnFile[], { file }: Subject, cwd: string) {
  const stray = allowed.find((each) => !files.some((own) => isSame(each, own.file, cwd)));
  if (stray === undefined) return;
  const names = files.map((own) => own.file).join(', ');
  throw new UsageError(
    `--allow names ${stray}, of which ${file} runs nothing.`,
    names ? `It runs: ${names}` : 'It runs no TypeScript of its own: leave --allow away.',
  );
}

const isSame = (a: string, b: string, cwd: string) => path.resolve(cwd, a) === path.resolve(cwd, b);

/** Allowed before, on the command line, or by an answer now; else nothing runs. */
async function demandPermission(
  files: readonly OwnFile[],
  allowed: readonly string[],
  { file }: Subject,
  place: Place,
  { question }: Context,
): Promise<void> {
  for (const own of files)
    if (allowed.some((each) => isSame(each, own.file, place.cwd))) allow(own.code, own.file, place.env);
  const open = files.filter(({ code }) => !isAllowed(code, place.env));
  if (open.length === 0) return;
  const what = open.map((own) => describe(own, place)).join(' and ');
  const answer = await question?.(
    `${file} runs ${what}.\nIt can do whatever a program can do. Run it? [y/N] `,
  );
  if (answer === undefined || !/^y(es)?$/i.test(answer.trim())) {
    const flags = open.map((own) => `--allow ${own.file}`).join(' ');
    throw new UsageError(
      `${file} runs ${what}, which you have not allowed.`,
      `It can do whatever a program can do: read it first. Then add ${flags}, or say once for all: dml allow ${open.map((own) => own.file).join(' ')}`,
    );
  }
  for (const own of open) allow(own.code, own.file, place.env);
}

/** `boundary.ts (the loss boundary_dml; with lib/distance.ts)` */
function describe({ file, components }: OwnFile, place: Place): string {
  const inside = components.map(({ family, name }) => `the ${nouns[family] ?? family} ${name}`).join(', ');
  const others = importedBy(file, place);
  return `${file} (${inside}${others.length > 0 ? `; with ${others.join(', ')}` : ''})`;
}

const nouns: Readonly<Partial<Record<Component['family'], string>>> = { label: 'label step' };

/** What TypeScript finds, as diagnostics are shown, and nothing is run. */
function faultsReport(
  faults: readonly TypeFault[],
  files: number,
  { root }: Place,
  context: Context,
): Report {
  const diagnostics = faults.map(({ path: file, text, start, length, code, message }): Diagnostic => {
    const source = { path: path.join(root, file), text };
    return { code, severity: 'error', message, span: { source, start, end: start + length } };
  });
  return { ...findingsReport(diagnostics, files, context), exit: 2 };
}
