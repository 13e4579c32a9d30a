import type { LabelContext, LabelMap } from '../step.ts';
import { type Patterns, patternsOf } from './patterns.ts';

/** What STAPLE finds about the raters of one case. */
export interface Estimate {
  /** [class]: share of all answers, the probability of each class before any rater is asked. */
  readonly prior: readonly number[];
  /** [rater][truth][answer]: probability of the answer where this is the truth. */
  readonly confusion: readonly Confusion[];
  /** [pattern][class]: probability of the truth, given the answers. */
  readonly posterior: readonly (readonly number[])[];
  readonly patterns: Patterns;
  /** Rounds until no entry of a confusion matrix changed by more than 1e-8, at most 1,000. */
  readonly rounds: number;
}

type Confusion = readonly (readonly number[])[];

/** Diagonal of the confusion matrices before the first round: raters are taken to be good, so that truth means what they mean. */
const start = 0.99999;
const tolerance = 1e-8;
const mostRounds = 1000;

/**
 * STAPLE: expectation maximisation of the hidden truth of every kept pixel and of one confusion matrix a rater, the
 * prior fixed at the share of each class in all answers. Nothing is drawn, so the same masks give the same estimate.
 *
 * @param raters one-hot [class, pixel] each
 * @throws LabelError for a mask that is not one-hot
 * @see Warfield, Zou, Wells, Simultaneous truth and performance level estimation, IEEE TMI 23(7), 2004
 */
export function estimateRaters(raters: readonly LabelMap[], context: LabelContext): Estimate {
  const patterns = patternsOf(raters, context);
  const prior = priorOf(patterns, context.classes);
  let confusion: readonly Confusion[] = raters.map(() => goodRater(context.classes));
  for (let rounds = 1; ; rounds++) {
    const posterior = truth(patterns, prior, confusion);
    const next = confusion.map((before, r) => confusionOf(r, patterns, posterior, before));
    const done = largestChange(confusion, next) <= tolerance || rounds === mostRounds;
    confusion = next;
    if (done) return { prior, confusion, posterior: truth(patterns, prior, confusion), patterns, rounds };
  }
}

/**
 * How much more often than by guessing a rater names the truth: (Σ_c θ(c|c) − 1) / (P − 1) over the P classes that
 * there are, for two of them sensitivity + specificity − 1. 0 at worst; 1 where there is one class only.
 */
export function informedness({ confusion, prior }: Estimate): readonly number[] {
  const present = prior.flatMap((share, c) => (share > 0 ? [c] : []));
  return confusion.map((matrix) => {
    if (present.length < 2) return 1;
    const hits = present.reduce((sum, c) => sum + matrix[c]![c]!, 0);
    return Math.max(0, (hits - 1) / (present.length - 1));
  });
}

function priorOf({ answers, counts }: Patterns, classes: number): readonly number[] {
  const votes = new Array<number>(classes).fill(0);
  for (const [p, answer] of answers.entries()) for (const choice of answer) votes[choice]! += counts[p]!;
  const all = votes.reduce((sum, n) => sum + n, 0);
  return votes.map((n) => (all === 0 ? 1 / classes : n / all));
}

const goodRater = (classes: number): Confusion =>
  Array.from({ length: classes }, (_, truth) =>
    Array.from({ length: classes }, (_, answer) =>
      truth === answer ? start : (1 - start) / Math.max(1, classes - 1),
    ),
  );

/** [pattern][class], by Bayes' rule; answers that no truth could have given leave the shares of the raters. */
function truth({ answers }: Patterns, prior: readonly number[], confusion: readonly Confusion[]) {
  return answers.map((answer) => {
    // Logarithms: a product over some hundred raters would vanish.
    const logs = prior.map((share, c) =>
      answer.reduce((sum, choice, r) => sum + Math.log(confusion[r]![c]![choice]!), Math.log(share)),
    );
    const highest = Math.max(...logs);
    if (highest === Number.NEGATIVE_INFINITY)
      return prior.map((_, c) => answer.filter((choice) => choice === c).length / answer.length);
    const shares = logs.map((log) => Math.exp(log - highest));
    const sum = shares.reduce((total, one) => total + one, 0);
    return shares.map((one) => one / sum);
  });
}

function confusionOf(
  r: number,
  { answers, counts }: Patterns,
  posterior: readonly (readonly number[])[],
  before: Confusion,
): Confusion {
  return before.map((row, c) => {
    const said = row.map(() => 0);
    for (const [p, answer] of answers.entries()) said[answer[r]!]! += counts[p]! * posterior[p]![c]!;
    const all = said.reduce((sum, n) => sum + n, 0);
    return all === 0 ? row : said.map((n) => n / all);
  });
}

function largestChange(before: readonly Confusion[], after: readonly Confusion[]): number {
  const [a, b] = [before.flat(2), after.flat(2)];
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0);
}
