import type { Experiment } from '../compiler/experiment.ts';
import { decideExperiment, lawKey } from '../compiler/laws/laws.ts';
import type { Verdicts } from '../compiler/laws/verdict.ts';
import type { Registry } from '../compiler/registry.ts';
import packageJson from '../package.json' with { type: 'json' };
import { cache, recall } from '../runtime/own/home.ts';
import type { Context } from './command.ts';

/** Another version may have other rules. */
const shelved = (key: string) => `${packageJson.version} ${key}`;

/** What an allowed run has found of a loss with the user's own code in it, by `lawKey`. */
export const keptVerdicts = (key: string, env: Context['env']): Verdicts | undefined =>
  recall<Verdicts>('verdicts', shelved(key), env);

/** Decides the laws of losses with the user's own code in them, once, for the `check` that never runs it. */
export async function keepVerdicts(
  experiments: readonly Experiment[],
  registry: Registry,
  env: Context['env'],
): Promise<void> {
  const own = experiments.filter(({ loss }) => loss.some((term) => term.loss.code !== undefined));
  for (const [key, experiment] of new Map(own.map((each) => [lawKey(each), each] as const))) {
    if (keptVerdicts(key, env)) continue;
    const verdicts = await decideExperiment(experiment, { registry, own: 'load' });
    cache('verdicts', shelved(key), verdicts, env);
  }
}
