import { dataForm } from '../../compiler/canonical/form.ts';
import type { DataSet, Experiment } from '../../compiler/experiment.ts';
import { trainingHash } from '../../compiler/identity.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Dimensions } from '../build.ts';
import { batchesPerEpoch, stepsOf } from '../data/batch-plan.ts';
import { foldOf, inputSize, openSource } from '../data/open.ts';
import type { Source } from '../data/source.ts';
import type { NetworkCost } from '../network-cost.ts';
import { codesIn } from '../own/codes.ts';
import { costOf } from '../work.ts';
import { foldsOfExperiment } from './plan.ts';

/** What an experiment comes to, as far as its file and the heads of its data tell: no engine is asked, nothing trained. */
export interface Outlook {
  readonly folds: number;
  readonly seeds: number;
  /** Of a run of its first fold. */
  readonly steps: number;
  /** Absent where the network cannot be built without running a user's own code. */
  readonly network?: NetworkCost;
}

/** How long data that were looked at are taken to be what they were, in milliseconds. */
const fresh = 30_000;

/**
 * The outlook of experiments, below a data root; `undefined` where the data or the network cannot be opened. Equal data
 * are looked at once for a while, and equal networks, by their training hash and the size of the images, are built once.
 *
 * @param part `runs` leaves the network out
 */
export function openOutlooks(
  registry: Registry,
): (experiment: Experiment, root: string, part?: 'runs') => Promise<Outlook | undefined> {
  const sources = new Map<string, { readonly source: Promise<Source>; readonly at: number }>();
  const networks = new Map<string, Promise<NetworkCost>>();

  const sourceOf = (data: DataSet, root: string) => {
    const key = JSON.stringify([dataForm(data), root]);
    const known = sources.get(key);
    if (known && Date.now() - known.at < fresh) return known.source;
    const source = openSource(data, root, registry);
    sources.set(key, { source, at: Date.now() });
    return source;
  };

  const networkOf = (experiment: Experiment, dimensions: Dimensions) => {
    const key = JSON.stringify([trainingHash(experiment), dimensions]);
    const network = networks.get(key) ?? costOf(experiment, dimensions, registry);
    networks.set(key, network);
    return network;
  };

  return async (experiment, root, part) => {
    try {
      const source = await sourceOf(experiment.data, root);
      const folds = await foldsOfExperiment(experiment, source.cases, root, registry);
      const fold = await foldOf(experiment.data, source.cases, folds[0]!, root, registry);
      const steps = stepsOf(experiment, batchesPerEpoch({ cases: fold.train, batch: experiment.batch }));
      const plain = { folds: folds.length, seeds: experiment.seed.length, steps };
      if (part === 'runs' || codesIn(experiment).size > 0) return plain;
      const [height, width] = await inputSize(experiment, source);
      return {
        ...plain,
        network: await networkOf(experiment, { height, width, channels: source.channels }),
      };
    } catch {
      return undefined;
    }
  };
}
