import type { Term } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { decideLaw } from './decide.ts';
import { loadLoss } from './loss-graph.ts';
import type { Verdict } from './verdict.ts';

/** Answers as `minimumOfTerm` does. */
export type MinimumOfTerm = typeof minimumOfTerm;

/** `minimumOfTerm`, which decides equal terms once, whatever file they are in. */
export function rememberMinimums(): MinimumOfTerm {
  const known = new Map<string, Promise<Verdict | undefined>>();
  return (term, classes, registry) => {
    const { loss, on } = term;
    const key = JSON.stringify([loss.name, loss.options, loss.code, on.soft, classes]);
    const verdict = known.get(key) ?? minimumOfTerm(term, classes, registry);
    known.set(key, verdict);
    return verdict;
  };
}

/**
 * Whether the target is the minimum of a term that is zero there; `undefined` of any other term, and of a user's own,
 * which nothing that reads files runs.
 */
export async function minimumOfTerm(
  { loss: use, on }: Term,
  classes: number,
  registry: Registry,
): Promise<Verdict | undefined> {
  if (use.code !== undefined) return undefined;
  const loss = await loadLoss(registry, use);
  const heads = [[{ weight: 1, loss, options: use.options, target: 0, soft: on.soft }]];
  try {
    return decideLaw('zero', heads, classes).verdict === 'proved'
      ? decideLaw('minimum', heads, classes)
      : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'LossError') return undefined;
    throw error;
  }
}
