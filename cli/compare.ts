import { type Change, diff } from '../compiler/diff/diff.ts';
import type { Experiment, Program } from '../compiler/experiment.ts';
import { trainingHash } from '../compiler/identity.ts';
import type { Family, Registry } from '../compiler/registry.ts';
import { type KnownRun, listRuns } from '../runtime/store/run-folder.ts';
import type { Context, Report } from './command.ts';
import { outFolder } from './data-root.ts';
import { UsageError } from './errors.ts';
import { findingsReport } from './findings.ts';
import { choose, oneExperiment, openFile } from './program.ts';
import type { Side } from './sides.ts';
import { printTable } from './table.ts';
import type { Target } from './target.ts';
import type { Colors } from './terminal.ts';

interface Pair {
  readonly before: Experiment;
  readonly after: Experiment;
}

/** What two sides have in common to compare, and what one of them alone has. */
interface Pairing {
  readonly pairs: readonly Pair[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Compares what two sides name; of two files without names, the experiments of equal name. */
export async function compare(sides: readonly [Side, Side], context: Context): Promise<Report> {
  const opened = await Promise.all(
    sides.map(({ target: { file, name }, reader }) => openFile(file, context, { target: name, reader })),
  );
  const [from, to] = opened.map(({ program }) => program);
  if (!from || !to) {
    const broken = opened.filter(({ program }) => !program);
    const report = findingsReport(
      broken.flatMap(({ diagnostics }) => diagnostics),
      broken.length,
      context,
    );
    return { ...report, exit: 2 };
  }
  const [before, after] = [sides[0].target, sides[1].target];
  const isWhole = before.name === undefined && after.name === undefined;
  const pairing = isWhole
    ? byName(all(from), all(to))
    : { pairs: [{ before: named(from, before), after: named(to, after) }], removed: [], added: [] };
  const known = await listRuns(outFolder(undefined, after.file, context));
  return reportOf(pairing, both(from.components, to.components), known, context.terminal.out.colors);
}

/**
 * For git, which shows what is printed and takes another exit than 0 for a crash. A file that is only on one side, or
 * has errors, is told in a line.
 */
export async function compareForGit(
  [before, after]: readonly [Side | undefined, Side | undefined],
  context: Context,
): Promise<Report> {
  if (!before || !after) {
    const { file } = (before ?? after)!.target;
    const happened = before ? 'deleted' : 'added';
    return { exit: 0, data: { file, happened }, text: `${file}: ${happened}\n` };
  }
  const report = await compare([before, after], context);
  return {
    ...report,
    exit: 0,
    text: `${context.terminal.out.colors.bold(after.target.file)}\n${report.text}`,
  };
}

/** The components of both sides: of two files of a user's own, those of the later. */
const both = (before: Registry, after: Registry): Registry =>
  Object.fromEntries(
    (Object.keys(before) as Family[]).map((family) => [family, { ...before[family], ...after[family] }]),
  ) as Record<Family, Registry[Family]>;

/** The experiments of a file, and the arms of its sweeps by their numbers. */
const all = ({ experiments, sweeps }: Program): readonly Experiment[] => [
  ...experiments,
  ...sweeps.flatMap(({ arms }) => arms.map(({ experiment }) => experiment)),
];

const named = (program: Program, target: Target): Experiment =>
  oneExperiment(choose(program, target), target);

function byName(before: readonly Experiment[], after: readonly Experiment[]): Pairing {
  const [first, second] = [before[0], after[0]];
  if (first && second && before.length === 1 && after.length === 1) {
    return { pairs: [{ before: first, after: second }], removed: [], added: [] };
  }
  const later = new Map(after.map((experiment) => [experiment.name, experiment]));
  const earlier = new Set(before.map(({ name }) => name));
  const pairs = before.flatMap((experiment) => {
    const other = later.get(experiment.name);
    return other ? [{ before: experiment, after: other }] : [];
  });
  if (pairs.length === 0) {
    throw new UsageError(
      'The two files share no name of an experiment.',
      'Name what to compare: dml diff A.dml#a B.dml#b',
    );
  }
  return {
    pairs,
    removed: before.filter(({ name }) => !later.has(name)).map(({ name }) => name),
    added: after.filter(({ name }) => !earlier.has(name)).map(({ name }) => name),
  };
}

function reportOf(
  { pairs, removed, added }: Pairing,
  registry: Registry,
  known: readonly KnownRun[],
  colors: Colors,
): Report {
  const compared = pairs.map(({ before, after }) => {
    const changes = diff(before, after, registry);
    return { before: before.name, after: after.name, changes, runs: fateOf(before, changes, known) };
  });
  const differing = compared.filter(({ changes }) => changes.length > 0);
  const isSame = differing.length + removed.length + added.length === 0;
  return {
    exit: isSame ? 0 : 1,
    data: { compared, removed, added },
    text: isSame
      ? 'The same in meaning.\n'
      : [
          ...grouped(differing).map((group) => printChanges(group, colors)),
          ...removed.map((name) => `${colors.bold(name)} is there before only\n`),
          ...added.map((name) => `${colors.bold(name)} is there after only\n`),
        ].join('\n'),
  };
}

/** Folders of the runs of the experiment as it was, by what becomes of them. */
interface Fate {
  /** They count for the experiment as it is now. */
  readonly kept: readonly string[];
  /** Their weights do, their scores are to be taken anew. */
  readonly scored: readonly string[];
  /** They do not: it would be trained anew. */
  readonly voided: readonly string[];
}

function fateOf(before: Experiment, changes: readonly Change[], known: readonly KnownRun[]): Fate {
  const training = trainingHash(before);
  const runs = known
    .filter(({ environment }) => environment.identity.training === training)
    .map(({ folder }) => folder);
  const has = (effect: Change['effect']) => changes.some((change) => change.effect === effect);
  if (has('training')) return { kept: [], scored: [], voided: runs };
  return has('evaluation') ? { kept: [], scored: runs, voided: [] } : { kept: runs, scored: [], voided: [] };
}

const effects: Readonly<Record<Change['effect'], string>> = {
  training: 'trains anew',
  evaluation: 'scores anew',
  none: 'same weights and scores',
};

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
  readonly runs: Fate;
}

/** What changed alike stands together: a change of a base shows in all arms. */
function grouped(compared: readonly Compared[]): readonly (readonly Compared[])[] {
  const groups = new Map<string, Compared[]>();
  for (const one of compared) {
    const key = JSON.stringify(one.changes);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Longer values stand on lines of their own, below the table. */
const longestCell = 36;

/** Those that changed alike, with what changed. */
function printChanges(group: readonly Compared[], { bold, red, green }: Colors): string {
  const titles = group.map(({ before, after }) => (before === after ? before : `${before} → ${after}`));
  const changes = group[0]?.changes ?? [];
  const isShort = (change: Change) => Math.max(change.before.length, change.after.length) <= longestCell;
  const short = changes.filter(isShort);
  const table = printTable({
    head: ['path', 'before', 'after', 'runs'],
    rows: short.map((change) => [change.path, change.before, change.after, effects[change.effect]]),
  });
  const blocks = changes
    .filter((change) => !isShort(change))
    .map(
      (change) =>
        `${change.path}: ${effects[change.effect]}\n${red(`  - ${change.before}`)}\n${green(`  + ${change.after}`)}\n`,
    );
  const runs = printFates(group.map((one) => one.runs));
  return [`${bold(titles.join(', '))}\n`, ...(short.length > 0 ? [table] : []), ...blocks, runs].join('');
}

/** What becomes of the runs on disk, in a line each; empty where there are none. */
function printFates(fates: readonly Fate[]): string {
  const lines: readonly (readonly [key: keyof Fate, text: string])[] = [
    ['kept', 'still count'],
    ['scored', 'keep their weights and are scored anew'],
    ['voided', 'no longer count: it is trained anew'],
  ];
  return lines
    .map(([key, text]) => {
      const folders = [...new Set(fates.flatMap((fate) => fate[key]))];
      if (folders.length === 0) return '';
      const noun = folders.length === 1 ? 'run on disk' : 'runs on disk';
      return `${folders.length} ${noun}: ${text}\n`;
    })
    .join('');
}
