import { type Cost, cost, type FunctionCost } from '../compiler/graph/cost.ts';
import { printFunction } from '../compiler/graph/print.ts';
import { nearest } from '../grammar/nearest.ts';
import type { Build } from '../runtime/build.ts';
import type { Report } from './command.ts';
import { UsageError } from './errors.ts';
import { printFacts, printTable } from './table.ts';
import type { Colors } from './terminal.ts';
import { bytes, flops, integer, percent } from './units.ts';

export interface Wanted {
  readonly brief: boolean;
  /** Name of a stage of the build; the last one otherwise. */
  readonly after: string | undefined;
  readonly colors: Colors;
}

/** A graph and its cost: as text, and as data with the text of each function. */
export function graphReport({ graph, stages, terms }: Build, { brief, after, colors }: Wanted): Report {
  const shown = after === undefined ? graph : stages[after];
  if (!shown) {
    const best = nearest(after ?? '', Object.keys(stages));
    throw new UsageError(
      `There is no pass ${after}.`,
      `${best ? `Did you mean ${best}? ` : ''}There are: ${Object.keys(stages).join(', ')}`,
    );
  }
  const functions = Object.fromEntries(
    Object.keys(shown.functions).map((name) => [name, printFunction(shown, name)]),
  );
  const costs = cost(shown);
  const graphText = brief ? '' : `${Object.values(functions).join('\n\n')}\n\n`;
  return {
    exit: 0,
    data: { ...costs, terms, ...(brief ? {} : { graph: functions }) },
    text: `${graphText}${printCost(costs, colors)}`,
  };
}

/** What a step costs: totals first, then where the work lies. */
function printCost({ parameters, stateBytes, functions }: Cost, { bold }: Colors): string {
  const totals = printFacts([
    ['parameters', integer(parameters)],
    ['state', `${bytes(stateBytes)} of weights, optimizer state and statistics`],
  ]);
  const sections = Object.entries(functions).map(
    ([name, each]) => `\n${bold(name)}\n${printFunctionCost(each)}`,
  );
  return `${totals}${sections.join('')}`;
}

/** Rows of the table of operations; what is below the last is rarely of interest. */
const rowsShown = 12;

function printFunctionCost(each: FunctionCost): string {
  const facts = printFacts([
    ['  operations', integer(each.nodes)],
    ['  work', `${flops(each.flops)} a call`],
    ['  traffic', `${bytes(each.bytes)} read and written, if nothing stays in a cache`],
    [
      '  peak memory',
      `${bytes(each.peakBytes)} of tensors at the worst point, without the engine's workspace`,
    ],
  ]);
  const largest = each.peakTensors.map(
    ({ operation, shape, bytes: size }) =>
      `    ${bytes(size).padStart(9)}  ${operation} [${shape.join(', ')}]\n`,
  );
  const share = (part: number, whole: number) => (whole === 0 ? '–' : `${percent(part / whole)} %`);
  const table = printTable({
    head: ['  operation', 'calls', 'work', 'of all', 'traffic', 'of all'],
    rows: each.operations
      .slice(0, rowsShown)
      .map((row) => [
        `  ${row.operation}`,
        integer(row.count),
        flops(row.flops),
        share(row.flops, each.flops),
        bytes(row.bytes),
        share(row.bytes, each.bytes),
      ]),
  });
  const rest = each.operations.length - rowsShown;
  return `${facts}${largest.join('')}\n${table}${rest > 0 ? `  and ${rest} more\n` : ''}`;
}
