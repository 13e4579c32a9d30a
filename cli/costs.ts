import type { Experiment } from '../compiler/experiment.ts';
import { trainingHash } from '../compiler/identity.ts';
import type { Registry } from '../compiler/registry.ts';
import { codesIn } from '../runtime/own/codes.ts';
import type { KnownRun } from '../runtime/store/run-folder.ts';
import type { Seconds } from '../runtime/store/speeds.ts';
import type { Work } from '../runtime/work.ts';
import { printTable } from './table.ts';
import { bytes, duration, flops, integer } from './units.ts';

/** What the training of an experiment costs; `seconds` of a run, where recorded runs tell. */
export interface Costs extends Work {
  readonly seconds?: Seconds;
}

/** Both sides, or why this cannot be told. */
export type CostChange = { readonly before: Costs; readonly after: Costs } | { readonly unknown: string };

/** Where data and runs are. */
export interface Surroundings {
  readonly data: string;
  readonly registry: Registry;
  readonly known: readonly KnownRun[];
}

/** What two experiments cost to train. Their data are opened for the size and the number of the images alone. */
export async function costChange(
  before: Experiment,
  after: Experiment,
  { data, registry, known }: Surroundings,
): Promise<CostChange> {
  if ([before, after].some((experiment) => codesIn(experiment).size > 0))
    return { unknown: 'a network or loss of your own is in it, and nothing is run to compare' };
  const { workOf } = await import('../runtime/work.ts');
  const { speedsOf } = await import('../runtime/store/speeds.ts');
  const { DataError } = await import('../runtime/data/source.ts');
  // Those of the newest run: what runs next is likely to run on the same engine.
  const newest = known.toSorted((a, b) => (a.environment.started < b.environment.started ? 1 : -1))[0];
  const speeds = newest && (await speedsOf(known, newest.environment.engine));
  const of = async (experiment: Experiment): Promise<Costs> => {
    const work = await workOf(experiment, data, registry);
    const step = speeds?.step({ training: trainingHash(experiment), flops: work.flops });
    if (!step || work.steps === 0) return work;
    const { mean, low, high } = step;
    const total = (one: number) => one * work.steps;
    return { ...work, seconds: { ...step, mean: total(mean), low: total(low), high: total(high) } };
  };
  try {
    return { before: await of(before), after: await of(after) };
  } catch (error) {
    if (error instanceof DataError) return { unknown: error.message };
    throw error;
  }
}

/** A table of what changed; empty where nothing did. */
export function printCosts(change: CostChange): string {
  if ('unknown' in change) return `What a step costs is not told: ${change.unknown}\n`;
  const { before, after } = change;
  const rows = [
    row('parameters', before.parameters, after.parameters, integer),
    row('work of a step', before.flops, after.flops, flops),
    row('memory of a step', before.peakBytes.train, after.peakBytes.train, bytes),
    row('steps of a run', before.steps, after.steps, integer),
    ...timeRow(before.seconds, after.seconds),
  ];
  const changed = rows.filter(([, a, b]) => a !== b);
  return changed.length === 0 ? '' : printTable({ head: ['costs', 'before', 'after', ''], rows: changed });
}

const row = (name: string, before: number, after: number, text: (n: number) => string) => [
  name,
  text(before),
  text(after),
  before > 0 && after > 0 ? `× ${Number((after / before).toPrecision(3))}` : '',
];

function timeRow(before: Seconds | undefined, after: Seconds | undefined): readonly (readonly string[])[] {
  if (!before || !after) return [];
  const text = ({ low, high }: Seconds) =>
    duration(low) === duration(high) ? duration(low) : `${duration(low)} … ${duration(high)}`;
  const basis = (seconds: Seconds) => (seconds.by === 'work' ? 'estimated by work' : 'recorded');
  const bases = [...new Set([before, after].map(basis))].join(', ');
  return [['time of a run', text(before), text(after), bases]];
}
