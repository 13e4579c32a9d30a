import { type Change, diff } from '../compiler/diff/diff.ts';
import type { Experiment } from '../compiler/experiment.ts';
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
  const whole =
    targets.every(({ name }) => name === undefined) && from.experiments.length + to.experiments.length > 2;
  const pairing = whole
    ? byName(from.experiments, to.experiments)
    : { pairs: [{ before: named(from, targets[0]), after: named(to, targets[1]) }], removed: [], added: [] };
  return reportOf(pairing, context.terminal.out.colors);
}

const named = (program: Parameters<typeof choose>[0], target: Target): Experiment =>
  oneExperiment(choose(program, target), target);

function byName(before: readonly Experiment[], after: readonly Experiment[]): Pairing {
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
          ...differing.map((one) => printChanges(one, colors)),
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

/** Longer values stand on lines of their own, below the table. */
const longestCell = 36;

function printChanges(
  { before, after, changes }: { before: string; after: string; changes: readonly Change[] },
  { bold, red, green }: Colors,
): string {
  const title = before === after ? before : `${before} → ${after}`;
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
  return [`${bold(title)}\n`, ...(short.length > 0 ? [table] : []), ...blocks].join('');
}
