import { compareTexts } from '../compiler/canonical/compare-text.ts';
import type { Compare } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import type { Report } from './command.ts';
import { printFacts, printTable } from './table.ts';

/** A comparison with its defaults, and its arms with the values by which they are called. */
export function explainCompare(compare: Compare, registry: Registry): Report {
  const { name, factors, arms } = compare;
  const fields = compareTexts(compare, registry);
  const table = printTable({
    head: ['arm', ...factors],
    rows: arms.map(({ experiment, values }) => [experiment.name, ...values.map((value) => value ?? '–')]),
  });
  return {
    exit: 0,
    data: {
      comparison: name,
      ...Object.fromEntries(fields),
      arms: arms.map(({ experiment, values }) => ({
        arm: experiment.name,
        values: Object.fromEntries(
          factors.flatMap((factor, i) => (values[i] === undefined ? [] : [[factor, values[i]]])),
        ),
      })),
    },
    text: `${printFacts(fields)}\n${table}`,
  };
}

/** What files compare, for people. */
export const printCompares = (compares: readonly Compare[], registry: Registry): string =>
  compares
    .map(
      (compare) =>
        `${compare.name}: a comparison of ${compare.arms.length} arms\n${printFacts(compareTexts(compare, registry)).replace(/^/gm, '  ').trimEnd()}\n`,
    )
    .join('\n');
