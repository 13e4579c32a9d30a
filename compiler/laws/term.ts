import type { Term } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { decideLaw } from './decide.ts';
import { loadLoss } from './loss-graph.ts';
import type { Verdict } from './verdict.ts';

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
