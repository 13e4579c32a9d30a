import type { LabelSource } from '../../compiler/experiment.ts';
import { distilledOf } from '../../compiler/networks.ts';
import { labelKey } from '../data/label-key.ts';
import { labelMaker } from '../data/label-sources.ts';
import { caseReader } from '../data/prepare.ts';
import type { OpenData } from './data.ts';
import type { RunOptions } from './options.ts';
import { isDone, type QueuedArm } from './queue.ts';
import { type OpenScoredSet, openScoredSets } from './scored-sets.ts';
import { isFitted } from './temperatures.ts';

/** Cases of one data set and the label sources that each is needed with. */
interface Demand {
  readonly data: OpenData;
  readonly seed: number;
  /** By `labelKey`. */
  readonly sources: Map<string, LabelSource>;
  /** Keys of sources, by case. */
  readonly cases: Map<string, Set<string>>;
}

/**
 * Reads every case that is still needed once and makes its labels, as far as they are not made of what a teacher
 * predicts, so that one that cannot be worked with is found before the training and not in it. Ends early at the signal.
 */
export async function checkCases(queue: readonly QueuedArm[], options: RunOptions): Promise<void> {
  for (const { data, seed, sources, cases } of demandsOf(queue)) {
    const read = caseReader(data.set, data.source, [], {});
    const scope = { stored: data.source.raters === 0, name: data.set.name };
    const makers = new Map<string, Awaited<ReturnType<typeof labelMaker>>>();
    for (const [key, source] of sources) makers.set(key, await labelMaker(source, scope, options.registry));
    for (const [id, keys] of cases) {
      if (options.signal?.aborted) return;
      const { given } = await read(await data.source.read(id));
      for (const key of keys) if (isCertain(sources.get(key)!)) makers.get(key)!(given, { seed, epoch: 0 });
    }
  }
}

/** Whether the labels can be made of the data alone. */
const isCertain = (source: LabelSource) => distilledOf(source).length === 0 && !isFitted(source);

function demandsOf(queue: readonly QueuedArm[]): Iterable<Demand> {
  const demands = new Map<string, Demand>();
  for (const arm of queue) {
    const { experiment } = arm;
    for (const run of arm.runs.filter((one) => !isDone(one))) {
      if (run.state !== 'scores' && run.steps > 0)
        need(demands, arm, { data: arm.data, cases: run.fold.train, measures: experiment.loss });
      for (const set of openScoredSets(arm, run)) need(demands, arm, set);
    }
  }
  return demands.values();
}

/** Adds cases that are needed with some labels. */
function need(
  demands: Map<string, Demand>,
  { experiment }: QueuedArm,
  {
    data,
    cases,
    measures,
  }: Pick<OpenScoredSet, 'data' | 'cases'> & { readonly measures: readonly { readonly on: LabelSource }[] },
): void {
  const { classes, ignore, size, window, source } = data.set;
  const key = JSON.stringify([data.hash, classes, ignore, size, window, source.name, source.options]);
  const demand = demands.get(key) ?? {
    data,
    seed: experiment.seed[0] ?? 0,
    sources: new Map<string, LabelSource>(),
    cases: new Map<string, Set<string>>(),
  };
  demands.set(key, demand);
  for (const { on } of measures) demand.sources.set(labelKey(on), on);
  for (const id of cases) {
    const wanted = demand.cases.get(id) ?? new Set();
    demand.cases.set(id, wanted);
    for (const { on } of measures) wanted.add(labelKey(on));
  }
}
