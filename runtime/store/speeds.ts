import type { EngineClass } from '../engines/engine.ts';
import type { RunResult } from '../trainer/result.ts';
import { readJson } from './files.ts';
import { files, type KnownRun } from './run-folder.ts';

/** Wall-clock time, with the bounds that recorded runs give and how many those are. */
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

/** What is scored: as `Step`, and the hash of what decides the scores. */
export interface ScoredCase extends Step {
  readonly evaluation: string;
}

/** Seconds a step, and seconds a case that is scored; `undefined` where no run tells. */
export interface Speeds {
  readonly step: (step: Step) => Seconds | undefined;
  readonly scoredCase: (one: ScoredCase) => Seconds | undefined;
}

/** Trainings, or how they were scored, as they were recorded: seconds a step or a case of each run. */
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
  const trained = new Map<string, Recorded>();
  const scored = new Map<string, Recorded>();
  for (const { folder, environment } of known) {
    if (!isSame(environment.engine, engine)) continue;
    // A damaged result tells no speed; whoever needs the run itself says that it is damaged.
    const result = await readJson<RunResult>(files(folder).result).catch(() => undefined);
    if (!result) continue;
    const { training } = environment.identity;
    const step = { training, flops: environment.flops ?? 0 };
    if (result.steps > 0) record(trained, training, step, result.seconds / result.steps);
    const { scoring } = result;
    if (scoring && scoring.cases > 0)
      record(scored, keyOf(training, result.evaluationHash), step, scoring.seconds / scoring.cases);
  }
  return {
    step(step) {
      const same = trained.get(step.training);
      return same ? summary(same.seconds) : byWork(step, [...trained.values()]);
    },
    scoredCase(one) {
      const same = scored.get(keyOf(one.training, one.evaluation));
      return same ? summary(same.seconds) : byScoring(one, [...scored.values()]);
    },
  };
}

const keyOf = (training: string, evaluation: string): string => `${training} ${evaluation}`;

function record(all: Map<string, Recorded>, key: string, step: Step, seconds: number): void {
  all.set(key, { ...step, seconds: [...(all.get(key)?.seconds ?? []), seconds] });
}

/**
 * From how all others were scored. A case takes a part that grows with the network and one that does not, for labels and
 * metrics: so it takes something between what they took and that times the ratio of the work, within the margin.
 */
function byScoring({ flops }: Step, recorded: readonly Recorded[]): Seconds | undefined {
  const others = recorded.filter((each) => each.flops > 0);
  if (others.length === 0 || flops === 0) return undefined;
  const guesses = others.map((each) => {
    const { mean, low, high, runs } = summary(each.seconds);
    const ratio = flops / each.flops;
    return {
      away: Math.abs(Math.log(ratio)),
      mean: mean * Math.sqrt(ratio),
      low: (low * Math.min(1, ratio)) / margin,
      high: high * Math.max(1, ratio) * margin,
      runs,
    };
  });
  return {
    mean: guesses.reduce((best, guess) => (guess.away < best.away ? guess : best)).mean,
    low: Math.min(...guesses.map(({ low }) => low)),
    high: Math.max(...guesses.map(({ high }) => high)),
    runs: guesses.reduce((total, { runs }) => total + runs, 0),
    by: 'work',
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
