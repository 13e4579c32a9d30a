import type { Batches } from '../data/batches.ts';
import type { Session, Tensors } from '../engines/engine.ts';
import type { Looks } from '../store/checkpoint.ts';
import type { MetricsLog } from '../store/metrics-log.ts';
import { explainBrokenWeights, explainDivergence } from './divergence.ts';
import type { Problem } from './problem.ts';

/** Everything that the loop works with. */
export interface Training {
  readonly session: Session;
  /** Names of what `train` is fed: engines refuse what a graph does not use. */
  readonly inputs: readonly string[];
  readonly batches: Batches;
  /** Learning rate of a step, from 0. */
  readonly rate: (step: number) => number;
  readonly steps: number;
  /** Images in a batch. */
  readonly batch: number;
  /** Names of the outputs `loss.0`, `loss.1` …, all different. */
  readonly terms: readonly string[];
  /** Where the run goes on: what the session holds. */
  readonly from: State;
  /** How the best weights are found; absent where the last ones are kept. */
  readonly search: Search | undefined;
  readonly log: MetricsLog;
  readonly save: (state: State) => Promise<void>;
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number;
  readonly signal: AbortSignal | undefined;
  readonly report: (progress: Progress) => void;
}

/** Looks at the validation cases, of which the weights with the best value are kept: of equal ones the first. */
export interface Search {
  /** Whether the cases are looked at after so many steps. */
  readonly isDue: (step: number) => boolean;
  /** Scores these weights; nothing if the signal came, `value` absent where the cases say nothing. */
  readonly look: (variables: Tensors) => Promise<{ readonly value?: number } | undefined>;
  readonly isBetter: (value: number, than: number) => boolean;
  /** Told after each look. */
  readonly report: (looks: Looks, value: number | undefined) => void;
}

/** What a checkpoint takes. */
export interface State {
  /** Steps done. */
  readonly step: number;
  readonly variables: Tensors;
  /** Time of training so far. */
  readonly seconds: number;
  /** Of the last step, before its update. */
  readonly loss: number | undefined;
  readonly looks?: Looks;
}

/** See `ProgressEvent`. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly rate: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/** How the loop ended. Unless it failed, its state is saved and the session holds it. */
export type TrainingEnd =
  | { readonly status: 'trained'; readonly state: State }
  | { readonly status: 'interrupted'; readonly step: number }
  | { readonly status: 'failed'; readonly problem: Problem };

const secondsBetweenReports = 0.1;
const secondsBetweenFlushes = 1;
/** Losses that are remembered to tell a loss that ran away from one that broke at once. */
const remembered = 20;

/**
 * Takes one step after the other, each from its batch by index, its rate and nothing else, so that it does not matter
 * where a run was interrupted. Between steps it reports, saves, and honours the signal.
 */
export async function train(training: Training): Promise<TrainingEnd> {
  const { session, batches, steps, from, log, signal, report, checkpointSeconds, search } = training;
  const pace = startPace(training);
  const history: { step: number; loss: number }[] = [];
  const clock = () => from.seconds + pace.elapsed();
  const rateInput = new Float32Array(1);
  let lastLoss = from.loss;
  let rate = 0;
  let looks = from.looks;

  let saved: State = from;
  let savedAt = pace.elapsed();
  /** What the session holds after this step, if all of it are numbers. */
  const readWhole = async (step: number): Promise<Problem | Tensors> => {
    const variables = await session.read();
    const broken = findBroken(variables);
    return broken === undefined ? variables : explainBrokenWeights(broken, step, history, rate);
  };
  /** Looks at the cases after this step, where that is due and not done; whether the signal came before the end. */
  const lookAfter = async (step: number): Promise<Problem | 'interrupted' | undefined> => {
    if (!search?.isDue(step) || looks?.step === step) return undefined;
    const variables = await readWhole(step);
    if ('message' in variables) return variables;
    const found = await search.look(variables);
    if (!found) return 'interrupted';
    const { value } = found;
    const { count = 0, best } = looks ?? {};
    const isBest = value !== undefined && (!best || search.isBetter(value, best.value));
    const kept = isBest ? { step, value, variables } : best;
    looks = { count: count + 1, step, ...(kept ? { best: kept } : {}) };
    log.append({ step, look: value ?? null, best: isBest });
    search.report(looks, value);
    return undefined;
  };
  /** The state after this step, saved unless it already is. */
  const save = async (step: number): Promise<Problem | State> => {
    if (saved.step === step && saved.looks?.step === looks?.step) return saved;
    const variables = await readWhole(step);
    if ('message' in variables) return variables;
    const seen = looks ? { looks } : {};
    const state = { step, variables, seconds: clock(), loss: lastLoss, ...seen };
    await training.save(state);
    saved = state;
    savedAt = pace.elapsed();
    return state;
  };

  let flushed = pace.elapsed();
  for (let step = from.step; ; step++) {
    const looked = await lookAfter(step);
    if (typeof looked === 'object') return { status: 'failed', problem: looked };
    if (step === steps && looked === undefined) break;
    if (signal?.aborted) {
      const state = await save(step);
      return 'message' in state ? { status: 'failed', problem: state } : { status: 'interrupted', step };
    }
    const { image, labels, keep } = await batches.get(step);
    rate = training.rate(step);
    rateInput[0] = rate;
    const targets = Object.fromEntries(labels.map((data, i) => [`labels${i}`, data]));
    const all: Readonly<Record<string, Float32Array>> = { image, ...targets, keep, rate: rateInput };
    const fed = Object.fromEntries(training.inputs.map((name) => [name, all[name]!]));
    const outputs = await session.call('train', fed);

    const loss = outputs.loss![0]!;
    const terms = Object.fromEntries(training.terms.map((name, i) => [name, outputs[`loss.${i}`]![0]!]));
    if (!Number.isFinite(loss)) {
      await log.flush();
      return {
        status: 'failed',
        problem: explainDivergence({ step, steps, loss, terms, history, rate }),
      };
    }
    lastLoss = loss;
    history.push({ step: step + 1, loss });
    if (history.length > remembered) history.shift();
    log.append({ step: step + 1, loss, terms, rate });
    const progress = pace.count(step + 1, loss, terms, rate);
    if (progress) report(progress);

    const now = pace.elapsed();
    if (now - flushed >= secondsBetweenFlushes) {
      await log.flush();
      flushed = now;
    }
    if (now - savedAt >= checkpointSeconds && step + 1 < steps) {
      const state = await save(step + 1);
      if ('message' in state) return { status: 'failed', problem: state };
    }
  }
  const state = await save(steps);
  return 'message' in state ? { status: 'failed', problem: state } : { status: 'trained', state };
}

const findBroken = (variables: Tensors): string | undefined =>
  [...variables].find(([, data]) => !data.every(Number.isFinite))?.[0];

/** Means between reports, and how fast it goes. The first step is left out of the speed: engines warm up in it. */
function startPace({ steps, batch, from }: Training) {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let sums = { steps: 0, loss: 0, terms: {} as Record<string, number> };
  let reported = Number.NEGATIVE_INFINITY;
  let warm: { readonly step: number; readonly at: number } | undefined;
  return {
    elapsed,
    /** The progress that is to be reported after this step, if any. */
    count(
      step: number,
      loss: number,
      terms: Readonly<Record<string, number>>,
      rate: number,
    ): Progress | undefined {
      const now = elapsed();
      sums.steps += 1;
      sums.loss += loss;
      for (const [name, value] of Object.entries(terms)) sums.terms[name] = (sums.terms[name] ?? 0) + value;
      const perStep = warm ? (now - warm.at) / (step - warm.step) : now / (step - from.step);
      warm ??= { step, at: now };
      if (step < steps && now - reported < secondsBetweenReports) return undefined;
      reported = now;
      const done = sums;
      sums = { steps: 0, loss: 0, terms: {} };
      return {
        step,
        steps,
        loss: done.loss / done.steps,
        terms: Object.fromEntries(Object.entries(done.terms).map(([name, sum]) => [name, sum / done.steps])),
        rate,
        imagesPerSecond: batch / perStep,
        secondsLeft: (steps - step) * perStep,
      };
    },
  };
}
