import { scoredName } from '../../compiler/canonical/value-form.ts';
import type {
  Aggregate,
  CompareCell,
  CompareTable,
  Measured,
  PairedDifference,
  Statistic,
  SweepTable,
} from '../../runtime/trainer/result.ts';
import { printTable } from '../table.ts';
import { score, scoreUnit } from '../units.ts';
import { truthName } from './progress.ts';

/** The metrics of one experiment over its runs, fractions in percent. */
export function printAggregates(aggregates: readonly Aggregate[]): string {
  const mixed = aggregates.some(({ unit }) => unit !== undefined);
  const intervals = aggregates.some(({ statistic: value }) => value?.interval);
  return printTable({
    head: ['metric', 'ground truth', mixed ? 'value' : '%', ...(intervals ? ['95 % interval'] : []), 'runs'],
    rows: aggregates.map(({ on, unit, statistic: value, ...measured }) => [
      metricText(measured),
      on,
      meanText(value ?? null, unit) + (mixed && value ? scoreUnit(unit) : ''),
      ...(intervals ? [value?.interval ? rangeText(value.interval, unit) : '–'] : []),
      String(value?.runs ?? 0),
    ]),
    numbers: [2, 3, 4],
  });
}

/** The arms of a sweep side by side. */
export function printSweep({ factors, columns, rows }: SweepTable): string {
  const cells = rows.map((row) => row.cells.map((value) => ({ statistic: value, problem: row.problem })));
  const grid = printGrid({
    labels: ['arm', ...factors],
    numbers: [0],
    columns: columns.map((column) => ({ ...column, values: [] })),
    rows: rows.map(({ arm, values }, i) => ({ labels: [String(arm), ...values], cells: cells[i]! })),
  });
  return `${grid}${sentence([unitsText(columns), truthsText, ...runsText(cells.flat())])}\n`;
}

/** A comparison: factors down and across, below each mean its interval and its difference to the baseline. */
export function printCompare(table: CompareTable): string {
  const { down, columns, rows } = table;
  const cells = rows.flatMap((row) => row.cells);
  const grid = printGrid({
    labels: down,
    columns,
    rows: rows.map((row) => ({ ...row, labels: row.values })),
  });
  return `${grid}${sentence([unitsText(columns), truthsText, ...runsText(cells)])}${differencesText(table)}\n`;
}

const truthsText = 'below each metric is the ground truth that it is on';

interface Grid {
  readonly labels: readonly string[];
  /** Labels that are numbers, by their places. */
  readonly numbers?: readonly number[];
  /** With the values of factors across. */
  readonly columns: CompareTable['columns'];
  readonly rows: readonly { readonly labels: readonly string[]; readonly cells: readonly Cell[] }[];
}

type Cell = Omit<CompareCell, 'arms' | 'problem'> & { readonly problem?: string | undefined };

function printGrid({ labels, columns, rows, numbers = [] }: Grid): string {
  const all = rows.flatMap(({ cells }) => cells);
  const shows = {
    runs: countsOf(all).size > 1,
    pairs: pairsOf(all).size > 1,
    baseline: all.some(({ isBaseline }) => isBaseline),
  };
  const blocks = rows.map((row) => {
    const lines = row.cells.map((cell, i) => cellLines(cell, columns[i]!.unit, shows));
    const height = Math.max(1, ...lines.map((each) => each.length));
    return Array.from({ length: height }, (_, line) => [
      ...row.labels.map((label) => (line === 0 ? label : '')),
      ...lines.map((each) => each[line] ?? ''),
    ]);
  });
  const isTall = blocks.some((block) => block.length > 1);
  const blank = [...labels, ...columns].map(() => '');
  return printTable({
    head: [...labels, ...columns.map(headOf)],
    rows: blocks.flatMap((block, i) => (isTall && i > 0 ? [blank, ...block] : block)),
    numbers: [...numbers, ...columns.map((_, i) => labels.length + i)],
  });
}

const headOf = ({ on, values, ...measured }: Grid['columns'][number]) =>
  [...values, metricText(measured), truthName(on)].join('\n');

/** `dice`, `clinic.ece(bins: 15)` */
const metricText = ({ options, ...measured }: Pick<Measured, 'data' | 'metric' | 'options'>): string =>
  scoredName(measured) + (options ? `(${options})` : '');

/** Mean and deviation; the interval; the difference to the baseline. */
function cellLines(
  cell: Cell,
  unit: string | undefined,
  shows: { readonly runs: boolean; readonly pairs: boolean; readonly baseline: boolean },
): readonly string[] {
  const { statistic: value, problem, isBaseline, difference } = cell;
  if (!value) return [problem ? 'failed' : '–'];
  const mean = meanText(value, unit) + (shows.runs ? ` (${value.runs})` : '');
  return [
    mean,
    ...(value.interval ? [rangeText(value.interval, unit)] : []),
    ...(isBaseline ? ['baseline'] : difference ? [differenceText(difference, unit, shows.pairs)] : []),
    ...(shows.baseline && !isBaseline && !difference ? ['no pairs'] : []),
  ];
}

function meanText(value: Statistic | null, unit: string | undefined): string {
  if (!value) return '–';
  const spread = value.deviation === undefined ? '' : ` ± ${score(value.deviation, unit)}`;
  return score(value.mean, unit) + spread;
}

const rangeText = ({ low, high }: NonNullable<Statistic['interval']>, unit: string | undefined) =>
  `${score(low, unit)} … ${score(high, unit)}`;

/** `+0.9 p 0.012`, `+0.9 [0.3 … 1.5]` */
function differenceText(
  { mean, p, interval, n }: PairedDifference,
  unit: string | undefined,
  withPairs: boolean,
): string {
  return [
    `${mean < 0 ? '-' : '+'}${score(Math.abs(mean), unit)}`,
    ...(p === undefined ? [] : [p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`]),
    ...(interval ? [`[${rangeText(interval, unit)}]`] : []),
    ...(withPairs && n !== undefined ? [`n ${n}`] : []),
  ].join(' ');
}

const countsOf = (cells: readonly Cell[]) =>
  new Set(cells.flatMap(({ statistic: value }) => value?.runs ?? []));
const pairsOf = (cells: readonly Cell[]) => new Set(cells.flatMap(({ difference }) => difference?.n ?? []));

function unitsText(columns: readonly Measured[]): string {
  const others = columns.flatMap(({ metric, unit }) =>
    unit === undefined ? [] : [unit === 'number' ? `${metric} as it is` : `${metric} in ${unit}`],
  );
  return [...(others.length < columns.length ? ['in percent'] : []), ...new Set(others)].join(', ');
}

/** What each cell is over, where that is more than one run. */
function runsText(cells: readonly Cell[]): readonly string[] {
  const counts = [...countsOf(cells)];
  if (counts.every((count) => count === 1)) return [];
  const runs = counts.length === 1 ? `${counts[0]} runs` : 'as many runs as stand in parentheses';
  return [`mean ± deviation and 95 % interval over ${runs}`];
}

/** What is said of the differences, by which statistic and on how many pairs. */
function differencesText({ baseline, statistic: by, rows }: CompareTable): string {
  if (baseline === undefined) return '';
  const found = rows.flatMap(({ cells }) => cells.flatMap(({ difference }) => difference ?? []));
  const pairs = [...new Set(found.flatMap(({ n }) => n ?? []))];
  const methods = [...new Set(found.flatMap(({ method }) => method ?? []))];
  return sentence([
    `differences to ${baseline} in pairs of equal fold and seed`,
    ...(by === undefined
      ? []
      : [[by, ...(pairs.length === 1 ? [`n = ${pairs[0]}`] : []), ...methods].join(', ')]),
  ]);
}

const sentence = (parts: readonly string[]) => `${parts.join('; ')}\n`;
