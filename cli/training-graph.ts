import type { Experiment } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import { type Build, build } from '../runtime/build.ts';
import { inputSize, openSource } from '../runtime/data/open.ts';

/** The training graph of an experiment. Its data are opened for the size and channels of the images alone. */
export async function trainingGraph(
  experiment: Experiment,
  root: string,
  registry: Registry,
): Promise<Build> {
  const source = await openSource(experiment.data, root, registry);
  const [height, width] = await inputSize(experiment, source);
  return build(experiment, { height, width, channels: source.channels }, registry);
}
