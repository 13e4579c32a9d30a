import type { Term } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { decideLaw } from './decide.ts';
import { loadLoss } from './loss-graph.ts';
import type { Verdict } from './verdict.ts';

/** Answers as `lawOfTerm` does. */
export type LawOfTerm = typeof lawOfTerm;

/** `lawOfTerm`, which decides equal terms once, whatever file they are in. */
export function rememberLaws(): LawOfTerm {
  const known = new Map<string, Promise<Verdict | undefined>>();
  return (law, term, classes, registry) => {
    const { loss, on } = term;
    const key = JSON.stringify([law, loss.name, loss.options, loss.code, on.soft, classes]);
    const verdict = known.get(key) ?? lawOfTerm(law, term, classes, registry);
    known.set(key, verdict);
    return verdict;
  };
}

/**
 * Whether the target is the minimum of a term that is zero there, or whether the gradient of a term stays finite;
 * `undefined` of any other term, and of a user's own, which nothing that reads files runs.
 */
export async function lawOfTerm(
  law: 'minimum' | 'gradient',
  { loss: use, on }: Term,
  classes: number,
  registry: Registry,
): Promise<Verdict | undefined> {
  if (use.code !== undefined) return undefined;
  const loss = await loadLoss(registry, use);
  const heads = [[{ weight: 1, loss, options: use.options, target: 0, soft: on.soft }]];
  try {
    if (law === 'minimum' && decideLaw('zero', heads, classes).verdict !== 'proved') return undefined;
    return decideLaw(law, heads, classes);
  } catch (error) {
    if (error instanceof Error && error.name === 'LossError') return undefined;
    throw error;
  }
}
