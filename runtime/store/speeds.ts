import type { EngineClass } from '../engines/engine.ts';
import type { RunResult } from '../trainer/result.ts';
import { readJson } from './files.ts';
import { files, type KnownRun } from './run-folder.ts';

/** Wall-clock time of training, with the bounds that recorded runs give and how many those are. */
export interface Seconds {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
  /** Runs of the same training, or of others that are as fast for their work. */
  readonly by: 'training' | 'work';
}

/** A training by its hash, and the floating-point operations of one of its steps. */
export interface Step {
  readonly training: string;
  readonly flops: number;
}

/** Seconds a step; `undefined` where no run tells. */
export type Speeds = (step: Step) => Seconds | undefined;

/** Trainings as they were recorded: seconds a step of each run. */
interface Recorded extends Step {
  readonly seconds: readonly number[];
}

/**
 * What the work of another training tells is not exact: small layers cost more for their work than large ones, and each
 * step has costs of its own. Measured on `native`, U-Nets of width 8 to 32, of 3 and 4 levels, stay within this factor of
 * the one of width 16.
 */
const margin = 3;

/** How fast finished runs were that computed on the same engine, device and threads. */
export async function speedsOf(known: readonly KnownRun[], engine: EngineClass): Promise<Speeds> {
  const recorded = new Map<string, Recorded>();
  for (const { folder, environment } of known) {
    if (!isSame(environment.engine, engine)) continue;
    // A damaged result tells no speed; whoever needs the run itself says that it is damaged.
    const result = await readJson<RunResult>(files(folder).result).catch(() => undefined);
    if (!result || result.steps === 0) continue;
    const { training } = environment.identity;
    const before = recorded.get(training)?.seconds ?? [];
    const seconds = [...before, result.seconds / result.steps];
    recorded.set(training, { training, flops: environment.flops ?? 0, seconds });
  }
  const all = [...recorded.values()];
  return (step) => {
    const same = recorded.get(step.training);
    return same ? summary(same.seconds) : byWork(step, all);
  };
}

/** From the training whose work is nearest, within what all of them took for theirs. */
function byWork({ flops }: Step, recorded: readonly Recorded[]): Seconds | undefined {
  const others = recorded.filter((each) => each.flops > 0);
  if (others.length === 0 || flops === 0) return undefined;
  const rates = others.map((each) => {
    const { mean, low, high, runs } = summary(each.seconds);
    const away = Math.abs(Math.log(each.flops / flops));
    return { away, mean: mean / each.flops, low: low / each.flops, high: high / each.flops, runs };
  });
  const nearest = rates.reduce((best, rate) => (rate.away < best.away ? rate : best));
  return {
    mean: flops * nearest.mean,
    low: (flops / margin) * Math.min(...rates.map(({ low }) => low)),
    high: flops * margin * Math.max(...rates.map(({ high }) => high)),
    runs: rates.reduce((total, { runs }) => total + runs, 0),
    by: 'work',
  };
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
  by: 'training',
});

/** One after the other; nothing if a part is not known. */
export function sum(parts: readonly (Seconds | undefined)[]): Seconds | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const total = (of: 'mean' | 'low' | 'high') => known.reduce((all, part) => all + part[of], 0);
  const runs = known.length === 0 ? 0 : Math.min(...known.map((part) => part.runs));
  const by = known.every((part) => part.by === 'training') ? 'training' : 'work';
  return { mean: total('mean'), low: total('low'), high: total('high'), runs, by };
}
