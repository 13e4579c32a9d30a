import { diffCompares } from '../compiler/diff/compares.ts';
import { type Change, diff, type Effect, retrains } from '../compiler/diff/diff.ts';
import type { Compare, Experiment, Program } from '../compiler/experiment.ts';
import type { Family, Registry } from '../compiler/registry.ts';
import { listRuns } from '../runtime/store/run-folder.ts';
import type { Context, Report } from './command.ts';
import { type CostChange, costChange, printCosts, type Surroundings } from './costs.ts';
import { dataRoot, outFolder } from './data-root.ts';
import { UsageError } from './errors.ts';
import { type Fate, fateOf, printFates } from './fate.ts';
import { findingsReport } from './findings.ts';
import { choose, oneExperiment, openFile } from './program.ts';
import type { Side } from './sides.ts';
import { printTable } from './table.ts';
import type { Target } from './target.ts';
import type { Colors } from './terminal.ts';

type Subject = Experiment | Compare;

interface Pair {
  readonly before: Subject;
  readonly after: Subject;
}

const isTable = (subject: Subject): subject is Compare => 'baseline' in subject;

/** What two sides have in common to compare, and what one of them alone has. */
interface Pairing {
  readonly pairs: readonly Pair[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * Compares what two sides name; of two files without names, the experiments of equal name. `data` is the folder that is
 * named for the data, which tell what training costs.
 */
export async function compare(
  sides: readonly [Side, Side],
  data: string | undefined,
  context: Context,
): Promise<Report> {
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
  const surroundings = {
    data: dataRoot(data, after.file, context),
    registry: both(from.components, to.components),
    known: await listRuns(outFolder(undefined, after.file, context)),
  };
  const texts = opened.map(({ source }) => source?.text);
  const isCopy = texts[0] === texts[1];
  return reportOf(pairing, surroundings, { isCopy, colors: context.terminal.out.colors });
}

/**
 * For git, which shows what is printed and takes another exit than 0 for a crash. A file that is only on one side, or
 * has errors, is told in a line.
 */
export async function compareForGit(
  [before, after]: readonly [Side | undefined, Side | undefined],
  data: string | undefined,
  context: Context,
): Promise<Report> {
  if (!before || !after) {
    const { file } = (before ?? after)!.target;
    const happened = before ? 'deleted' : 'added';
    return { exit: 0, data: { file, happened }, text: `${file}: ${happened}\n` };
  }
  const report = await compare([before, after], data, context);
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

/** The experiments of a file, the arms of its sweeps by their numbers, and its comparisons. */
const all = ({ experiments, sweeps, compares }: Program): readonly Subject[] => [
  ...experiments,
  ...sweeps.flatMap(({ arms }) => arms.map(({ experiment }) => experiment)),
  ...compares,
];

function named(program: Program, target: Target): Subject {
  const chosen = choose(program, target);
  return chosen.kind === 'compare' ? chosen.compare : oneExperiment(chosen, target);
}

function byName(before: readonly Subject[], after: readonly Subject[]): Pairing {
  const [first, second] = [before[0], after[0]];
  if (first && second && before.length === 1 && after.length === 1) {
    return { pairs: [{ before: first, after: second }], removed: [], added: [] };
  }
  const keyOf = (subject: Subject) => `${isTable(subject)} ${subject.name}`;
  const later = new Map(after.map((subject) => [keyOf(subject), subject]));
  const earlier = new Set(before.map(keyOf));
  const pairs = before.flatMap((subject) => {
    const other = later.get(keyOf(subject));
    return other ? [{ before: subject, after: other }] : [];
  });
  if (pairs.length === 0) {
    throw new UsageError(
      'The two files share no name of an experiment.',
      'Name what to compare: dml diff A.dml#a B.dml#b',
    );
  }
  return {
    pairs,
    removed: before.filter((subject) => !later.has(keyOf(subject))).map(({ name }) => name),
    added: after.filter((subject) => !earlier.has(keyOf(subject))).map(({ name }) => name),
  };
}

async function reportOf(
  { pairs, removed, added }: Pairing,
  surroundings: Surroundings,
  { isCopy, colors }: { readonly isCopy: boolean; readonly colors: Colors },
): Promise<Report> {
  const compared: Compared[] = [];
  for (const { before, after } of pairs) {
    if (isTable(before) || isTable(after)) {
      compared.push(comparedTables(before, after, surroundings.registry));
      continue;
    }
    const changes = diff(before, after, surroundings.registry);
    const runs = fateOf(before, after, changes, surroundings.known);
    // What is trained as before costs what it did.
    const retrained = changes.some(({ effect }) => retrains(effect));
    const costs = retrained ? { costs: await costChange(before, after, surroundings) } : {};
    compared.push({ before: before.name, after: after.name, changes, runs, ...costs });
  }
  const differing = compared.filter(({ changes }) => changes.length > 0);
  const isSame = differing.length + removed.length + added.length === 0;
  return {
    exit: isSame ? 0 : 1,
    data: { compared, removed, added },
    text: isSame
      ? `The same in meaning.${isCopy ? '' : ' What differs in the text decides nothing.'}\n`
      : [
          ...grouped(differing).map((group) => printChanges(group, colors)),
          ...removed.map((name) => `${colors.bold(name)} is there before only\n`),
          ...added.map((name) => `${colors.bold(name)} is there after only\n`),
        ].join('\n'),
  };
}

/** Comparisons have no runs of their own. */
function comparedTables(before: Subject, after: Subject, registry: Registry): Compared {
  if (!isTable(before) || !isTable(after)) {
    const [table, other] = isTable(before) ? [before, after] : [after, before];
    throw new UsageError(
      `${table.name} is a comparison, and ${other.name} is an experiment.`,
      'Name two comparisons, or two experiments.',
    );
  }
  const changes = diffCompares(before, after, registry);
  return { before: before.name, after: after.name, changes, runs: noRuns };
}

const noRuns: Fate = { kept: [], scored: [], voided: [], teachersVoided: [] };

const effects: Readonly<Record<Effect, string>> = {
  report: 'report only',
  runs: 'other runs',
  evaluation: 'scores anew',
  training: 'trains anew',
  teaching: 'teaches and trains anew',
};

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
  readonly runs: Fate;
  /** Where it is trained anew. */
  readonly costs?: CostChange;
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
  const costs = printGroupCosts(group);
  const parts = [
    `${bold(titles.join(', '))}\n`,
    ...(short.length > 0 ? [table] : []),
    ...blocks,
    costs,
    runs,
  ];
  return parts.join('');
}

/** Costs that several share are shown once, others below the name of each. */
function printGroupCosts(group: readonly Compared[]): string {
  const texts = group.map(({ after, costs }) => ({ after, text: costs ? printCosts(costs) : '' }));
  const distinct = new Set(texts.map(({ text }) => text));
  if (distinct.size <= 1) return texts[0]?.text ? `\n${texts[0].text}` : '';
  return texts.map(({ after, text }) => (text ? `\n${after}\n${text}` : '')).join('');
}
