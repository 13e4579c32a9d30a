import { type Change, diff } from '../compiler/diff/diff.ts';
import type { Experiment, Program } from '../compiler/experiment.ts';
import { registry } from '../runtime/registry.generated.ts';
import type { Context, Report } from './command.ts';
import { UsageError } from './errors.ts';
import { findingsReport } from './findings.ts';
import { choose, oneExperiment, openFile } from './program.ts';
import { printTable } from './table.ts';
import { parseTarget, type Target } from './target.ts';
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

/** Compares what two targets name; of two files without names, the experiments of equal name. */
export async function compare(before: string, after: string, context: Context): Promise<Report> {
  const targets = [parseTarget(before), parseTarget(after)] as const;
  const opened = await Promise.all(
    targets.map(({ file, name }) => openFile(file, context, { target: name })),
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
  const isWhole = targets.every(({ name }) => name === undefined);
  const pairing = isWhole
    ? byName(all(from), all(to))
    : { pairs: [{ before: named(from, targets[0]), after: named(to, targets[1]) }], removed: [], added: [] };
  return reportOf(pairing, context.terminal.out.colors);
}

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

function reportOf({ pairs, removed, added }: Pairing, colors: Colors): Report {
  const compared = pairs.map(({ before, after }) => ({
    before: before.name,
    after: after.name,
    changes: diff(before, after, registry),
  }));
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

const effects: Readonly<Record<Change['effect'], string>> = {
  training: 'trains anew',
  evaluation: 'scores anew',
  none: 'same weights and scores',
};

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
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
  return [`${bold(titles.join(', '))}\n`, ...(short.length > 0 ? [table] : []), ...blocks].join('');
}
