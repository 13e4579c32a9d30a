import type { Experiment } from '../compiler/experiment.ts';
import { decideExperiment, type KeptVerdicts } from '../compiler/laws/laws.ts';
import type { Verdicts } from '../compiler/laws/verdict.ts';
import type { Registry } from '../compiler/registry.ts';
import { cache, recall } from '../runtime/own/home.ts';
import { buildName } from './build-name.ts';
import type { Context } from './command.ts';

/** What earlier commands of this build have found, in the user's folder: a search takes longer than all else in a `check`. */
export function keptVerdicts(env: Context['env']): KeptVerdicts {
  const build = buildName();
  if (build === undefined) return { recall: () => undefined, keep: () => {} };
  const shelved = (key: string) => `${build} ${key}`;
  return {
    recall: (key) => recall<Verdicts>('verdicts', shelved(key), env),
    keep: (key, verdicts) => cache('verdicts', shelved(key), verdicts, env),
  };
}

/** Decides the laws of losses with the user's own code in them, once, for the `check` that never runs it. */
export async function keepVerdicts(
  experiments: readonly Experiment[],
  registry: Registry,
  env: Context['env'],
): Promise<void> {
  const kept = keptVerdicts(env);
  for (const experiment of experiments) {
    if (experiment.loss.some(({ loss }) => loss.code !== undefined))
      await decideExperiment(experiment, { registry, own: 'load', kept });
  }
}
