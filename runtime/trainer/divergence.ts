import type { Problem } from './problem.ts';

/** The losses of the steps before a step whose loss is no number, oldest first. */
export type LossHistory = readonly { readonly step: number; readonly loss: number }[];

export interface Divergence {
  /** Steps done before the one that failed. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Unweighted, by name. */
  readonly terms: Readonly<Record<string, number>>;
  readonly history: LossHistory;
  /** Of the failed step. */
  readonly rate: number;
}

/** A loss that has at least doubled over what is remembered has run away. */
const runaway = 2;

/** Which step failed, what the loss was before it, and what is likely wrong. */
export function explainDivergence({ step, steps, loss, terms, history, rate }: Divergence): Problem {
  const last = history.at(-1);
  const before = last
    ? ` The last finite loss was ${print(last.loss)}, at step ${last.step}.`
    : ' No step before it had a finite loss.';
  const broken = Object.entries(terms).filter(([, value]) => !Number.isFinite(value));
  const names = broken.map(([name, value]) => `${name} is ${value}`).join(', ');
  const some = broken.length > 0 && broken.length < Object.keys(terms).length;
  return {
    message: `The loss is ${loss} at step ${step + 1} of ${steps}${names ? ` (${names})` : ''}.${before} Nothing was saved after it.`,
    help: likelyCause(history, rate, some ? broken.map(([name]) => name) : []),
    exit: 1,
  };
}

/** The weights are no numbers any more, though the loss of the last step was one. */
export function explainBrokenWeights(
  variable: string,
  step: number,
  history: LossHistory,
  rate: number,
): Problem {
  return {
    message: `After step ${step} '${variable}' holds numbers that are not finite. Nothing was saved after it.`,
    help: likelyCause(history, rate, []),
    exit: 1,
  };
}

function likelyCause(history: LossHistory, rate: number, broken: readonly string[]): string {
  const [first, last] = [history[0], history.at(-1)];
  if (first && last && last.loss > runaway * Math.abs(first.loss))
    return `The loss rose from ${print(first.loss)} (step ${first.step}) to ${print(last.loss)}: the rate, ${print(rate)} by then, is probably too high. Lower optimizer.rate, for example to a tenth, or begin with warmup.`;
  if (broken.length > 0)
    return `Only ${broken.join(' and ')} is affected: with 'smooth: 0' an absent class is 0/0, and a loss that takes logarithms needs probabilities above 0. If its options are sound, lower optimizer.rate.`;
  if (!last)
    return 'It happened before any update, so the rate is not the cause: look at the intensities of the images (window) and at the options of the loss.';
  return `The rate, ${print(rate)} by then, may be too high: lower optimizer.rate, for example to a tenth, or begin with warmup.`;
}

const print = (value: number): string => String(Number(value.toPrecision(4)));
