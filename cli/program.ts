import { isCanonical } from '../compiler/canonical/path.ts';
import { checkYaml } from '../compiler/canonical/read.ts';
import { check } from '../compiler/check/check.ts';
import type { Compare, ComparedArm, Experiment, Program, Sweep } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import { sweepArms } from '../compiler/sweep-arms.ts';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import { nearest } from '../grammar/nearest.ts';
import { render } from '../grammar/render.ts';
import type { Source } from '../grammar/source.ts';
import { registry } from '../runtime/registry.generated.ts';
import type { Context, Report } from './command.ts';
import { UsageError } from './errors.ts';
import { findingsReport } from './findings.ts';
import { onDisk, type Reader } from './reader.ts';
import type { Target } from './target.ts';

/** A file, read and checked: a `.dml`, or a YAML file in its place. */
export interface Opened {
  readonly source: Source;
  /** Absent if there are errors. */
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function openFile(
  file: string,
  context: Context,
  {
    reader = onDisk(context),
    ...options
  }: {
    readonly set?: readonly string[];
    readonly target?: string | undefined;
    readonly reader?: Reader;
  } = {},
): Promise<Opened> {
  const source = await reader.source(file);
  const files = {
    registry,
    read: (path: string, root?: string) => reader.read(path, root),
    components: reader.components(source.path),
    ...options,
  };
  const { value, diagnostics } = isCanonical(source.path)
    ? checkYaml(source, { ...files, byCode: (code) => reader.byCode(code) })
    : check(source, files);
  return { source, program: value, diagnostics };
}

/** What a target names. */
export type Chosen =
  | { readonly kind: 'experiment'; readonly experiment: Experiment }
  | { readonly kind: 'sweep'; readonly sweep: Sweep }
  | { readonly kind: 'compare'; readonly compare: Compare };

/** An experiment or all arms of a sweep or a comparison; of a sweep, those of these numbers. */
export function armsOf(
  chosen: Chosen,
  numbers?: readonly number[],
): readonly Pick<ComparedArm, 'experiment' | 'arm'>[] {
  switch (chosen.kind) {
    case 'experiment':
      return [{ experiment: chosen.experiment }];
    case 'sweep':
      return sweepArms(chosen.sweep, numbers);
    case 'compare':
      return chosen.compare.arms;
  }
}

/** A target of a file without errors, and the registry that its names are from. */
export interface OpenedTarget {
  readonly source: Source;
  readonly chosen: Chosen;
  readonly components: Registry;
}

/** A target, read and checked; or, where the file has errors, the report of them. */
export async function openTarget(
  target: Target,
  context: Context,
  set: readonly string[] = [],
): Promise<OpenedTarget | { readonly report: Report }> {
  const opened = await openProgram(target, context, set);
  if ('report' in opened) return opened;
  const { source, program } = opened;
  return { source, chosen: choose(program, target), components: program.components };
}

/** The file of a target, read and checked; or the report of its errors. */
export async function openProgram(
  target: Target,
  context: Context,
  set: readonly string[],
): Promise<{ readonly source: Source; readonly program: Program } | { readonly report: Report }> {
  const { source, program, diagnostics } = await openFile(target.file, context, { set, target: target.name });
  if (!program) return { report: findingsReport(diagnostics, 1, context) };
  if (context.format === 'text') {
    const { err } = context.terminal;
    err.write(render(diagnostics, { colour: err.colors.isColorSupported }));
  }
  return { source, program };
}

/** One experiment: what a target names, or an arm of the sweep that it names. */
export function oneExperiment(chosen: Chosen, { file, arm }: Target): Experiment {
  if (chosen.kind === 'experiment') return chosen.experiment;
  if (chosen.kind === 'compare') {
    const { name, arms } = chosen.compare;
    const names = arms.map(({ experiment }) => `  ${file}#${experiment.name}`).join('\n');
    throw new UsageError(
      `${name} is a comparison of ${arms.length} experiments.`,
      `Name one of them:\n${names}`,
    );
  }
  const { name, arms } = chosen.sweep;
  const found = arms.find(({ number }) => number === arm);
  if (found) return found.experiment;
  throw new UsageError(
    arm === undefined ? `${name} is a sweep of ${arms.length} arms.` : `The sweep ${name} has no arm ${arm}.`,
    `Name an arm:\n${armList(file, chosen.sweep)}`,
  );
}

export function choose({ experiments, sweeps, compares }: Program, { file, name, arm }: Target): Chosen {
  const all: Chosen[] = [
    ...experiments.map((experiment) => ({ kind: 'experiment', experiment }) as const),
    ...sweeps.map((sweep) => ({ kind: 'sweep', sweep }) as const),
    ...compares.map((compare) => ({ kind: 'compare', compare }) as const),
  ];
  const list = () => all.map((one) => `  ${file}#${nameOf(one)}  ${describe(one)}`).join('\n');
  if (all.length === 0) {
    throw new UsageError(`${file} declares no experiment.`, 'A protocol or dataset alone cannot be run.');
  }
  if (name === undefined) {
    if (all.length === 1) return all[0]!;
    throw new UsageError(
      `${file} holds ${all.length} experiments, sweeps and comparisons.`,
      `Name one:\n${list()}`,
    );
  }
  const found = all.find((one) => nameOf(one) === name);
  if (!found) {
    const best = nearest(name, all.map(nameOf));
    throw new UsageError(
      `There is no experiment, sweep or comparison called ${name} in ${file}.`,
      best ? `Did you mean ${file}#${best}?` : `There are:\n${list()}`,
    );
  }
  if (arm !== undefined && found.kind === 'experiment') {
    throw new UsageError(`${name} is an experiment and has no arms.`, `Write ${file}#${name}`);
  }
  if (arm !== undefined) oneExperiment(found, { file, name, arm, fold: undefined, seed: undefined });
  return found;
}

function declared(one: Chosen): {
  readonly name: string;
  readonly doc: string | undefined;
  readonly kind: string;
} {
  switch (one.kind) {
    case 'experiment':
      return { ...one.experiment, kind: 'experiment' };
    case 'sweep':
      return { ...one.sweep, kind: `sweep, ${one.sweep.arms.length} arms` };
    case 'compare':
      return { ...one.compare, kind: `comparison, ${one.compare.arms.length} arms` };
  }
}

const nameOf = (one: Chosen) => declared(one).name;

function describe(one: Chosen): string {
  const { doc, kind } = declared(one);
  const summary = doc?.split('\n')[0];
  return `(${kind})${summary ? ` ${summary}` : ''}`;
}

const armList = (file: string, { name, arms }: Sweep) =>
  arms.map(({ number, values }) => `  ${file}#${name}/${number}  ${values.join(', ')}`).join('\n');
