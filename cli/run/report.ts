import type { Aggregate, Score, Statistic, SweepTable, Verdict } from '../../runtime/trainer/result.ts';
import { printTable } from '../table.ts';
import type { Colors } from '../terminal.ts';
import { percent } from '../units.ts';
import { truthName } from './progress.ts';

/** The arms of a sweep side by side, in percent; the second line of the head is the ground truth of the metric. */
export function printSweep({ factors, columns, rows }: SweepTable): string {
  return printTable({
    head: ['arm', ...factors, ...columns.map(headOf)],
    rows: rows.map(({ arm, values, cells }) => [
      String(arm),
      ...values,
      ...cells.map((cell) => statistic(cell)),
    ]),
  });
}

/** The metrics of one experiment over its runs, in percent. */
export function printAggregates(aggregates: readonly Aggregate[]): string {
  return printTable({
    head: ['metric', 'ground truth', '%', 'runs'],
    rows: aggregates.map(({ metric, options, on, statistic: value }) => [
      options ? `${metric}(${options})` : metric,
      on,
      statistic(value ?? null),
      String(value?.runs ?? 0),
    ]),
  });
}

/** What `expect` claims, a line each. */
export function printVerdicts(verdicts: readonly Verdict[], { green, red, yellow }: Colors): string {
  const color = { holds: green, fails: red, undecided: yellow };
  return verdicts
    .map(({ claim, verdict, value }) => {
      const found = value === undefined ? '' : `, found ${value.toFixed(4)}`;
      return `expect ${claim}: ${color[verdict](verdict)}${found}\n`;
    })
    .join('');
}

const headOf = ({ metric, options, on }: Omit<Score, 'value'>) =>
  `${metric}${options ? `(${options})` : ''}\n${truthName(on)}`;

function statistic(value: Statistic | null): string {
  if (!value) return '–';
  const spread = value.deviation === undefined ? '' : ` ± ${percent(value.deviation)}`;
  return percent(value.mean) + spread;
}
