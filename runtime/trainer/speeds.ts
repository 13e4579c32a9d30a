import type { EngineClass } from '../engines/engine.ts';
import { readJson } from '../store/files.ts';
import { files, type KnownRun } from '../store/run-folder.ts';
import type { RunResult } from './result.ts';

/** Wall-clock time of training, with the bounds that recorded runs give and how many those are. */
export interface Seconds {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

/** Seconds a step, by the training hash. */
export type Speeds = ReadonlyMap<string, Seconds>;

/** How fast finished runs were that computed on the same engine, device and threads. */
export async function speedsOf(known: readonly KnownRun[], engine: EngineClass): Promise<Speeds> {
  const recorded = new Map<string, number[]>();
  for (const { folder, environment } of known) {
    if (!isSame(environment.engine, engine)) continue;
    // A damaged result tells no speed; whoever needs the run itself says that it is damaged.
    const result = await readJson<RunResult>(files(folder).result).catch(() => undefined);
    if (!result || result.steps === 0) continue;
    const { training } = environment.identity;
    recorded.set(training, [...(recorded.get(training) ?? []), result.seconds / result.steps]);
  }
  return new Map([...recorded].map(([training, all]) => [training, summary(all)]));
}

const isSame = (a: EngineClass, b: EngineClass): boolean =>
  a.engine === b.engine &&
  a.version === b.version &&
  a.device === b.device &&
  a.threads === b.threads &&
  a.replicas === b.replicas;

const summary = (all: readonly number[]): Seconds => ({
  mean: all.reduce((total, seconds) => total + seconds, 0) / all.length,
  low: Math.min(...all),
  high: Math.max(...all),
  runs: all.length,
});

/** One after the other; nothing if a part is not known. */
export function sum(parts: readonly (Seconds | undefined)[]): Seconds | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const total = (of: 'mean' | 'low' | 'high') => known.reduce((all, part) => all + part[of], 0);
  const runs = known.length === 0 ? 0 : Math.min(...known.map((part) => part.runs));
  return { mean: total('mean'), low: total('low'), high: total('high'), runs };
}
