import type { Registry } from '../../compiler/registry.ts';
import type { BatchPlan } from './batch-plan.ts';
import { drawsAnew, labelMaker } from './label-sources.ts';
import { openSource } from './open.ts';
import { caseReader } from './prepare.ts';
import type { Sample } from './prepared.ts';

/** A case as the worker keeps it: what is certain is made once, labels that are drawn anew once an epoch. */
export interface KeptCase {
  sample(epoch: number): Sample;
  readonly bytes: number;
}

/** Reads the training cases of a plan. */
export async function sampleReader(
  { data, root, targets, teachers, seed }: BatchPlan,
  registry: Registry,
): Promise<(id: string) => Promise<KeptCase>> {
  const source = await openSource(data, root, registry);
  const read = caseReader(data, source, targets, teachers);
  const scope = { stored: source.raters === 0, name: data.name };
  const makers = await Promise.all(targets.map((target) => labelMaker(target, scope, registry)));
  const soft = targets.map((target) => target.soft);
  const anew = targets.map((target) => drawsAnew(target, registry));
  return async (id) => {
    const { height, width, channels, image, keep, raters, given } = await read(await source.read(id));
    const certain = makers.map((make, i) =>
      anew[i] ? undefined : new Float32Array(make(given, { seed, epoch: 0 })),
    );
    const kept = { height, width, channels, image, soft, keep: new Float32Array(keep) };
    // Whatever labels that are drawn anew are made of is kept with the case, and counted by its masks.
    const masks = anew.includes(true) ? [raters] : [];
    const arrays = [image, kept.keep, ...masks, ...certain.filter((labels) => labels !== undefined)];
    return {
      sample: (epoch) => ({
        ...kept,
        labels: certain.map((labels, i) => labels ?? new Float32Array(makers[i]!(given, { seed, epoch }))),
      }),
      bytes: arrays.reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
  };
}
