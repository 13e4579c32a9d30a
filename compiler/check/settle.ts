import type { Distilled, LabelRoot, LabelSource } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { PendingDistilled, PendingSource } from './pending.ts';
import { wholePrediction } from './prediction.ts';
import { softCause } from './softness.ts';

/** What the words of a label source stand for in an experiment. */
export interface Ground {
  /** Whether stored masks hold shares. */
  readonly storedSoft: boolean;
  /** What `labels` is; without it, the stored mask. */
  readonly labels?: PendingSource | undefined;
  /** What `teacher` is; without it, arrays that are given. */
  readonly teacher?: PendingSource | undefined;
  /** The head of the term: a teacher is asked the same one, unless `distill(head:)` says which. */
  readonly head?: string;
  /** Which seeds of a teacher are taken where nothing is written. */
  readonly pick?: (distilled: PendingDistilled) => Distilled['pick'];
}

/** A label source with every word replaced by what it stands for, and its softness known. */
export function settle(source: PendingSource, ground: Ground, registry: Registry): LabelSource {
  const start = startOf(source.root, ground, registry);
  const steps = [...start.steps, ...source.steps];
  const soft = softCause(start.root, steps, ground.storedSoft, registry) !== undefined;
  return { root: start.root, steps, soft, span: source.span };
}

function startOf(
  root: PendingSource['root'],
  ground: Ground,
  registry: Registry,
): Pick<LabelSource, 'root' | 'steps'> {
  const { labels, teacher } = ground;
  if (root === 'labels') return labels ? settle(labels, ground, registry) : { root: 'mask', steps: [] };
  if (root === 'teacher') return teacher ? settle(teacher, ground, registry) : { root, steps: [] };
  return { root: typeof root === 'string' ? root : settleRoot(root, ground, registry), steps: [] };
}

function settleRoot(
  root: Exclude<PendingSource['root'], string>,
  ground: Ground,
  registry: Registry,
): LabelRoot {
  if (root.kind === 'sum') {
    const terms = root.terms.map(({ weight, source }) => ({
      weight,
      source: settle(source, ground, registry),
    }));
    return { kind: 'sum', terms };
  }
  const { kind, experiment, temperature } = root;
  const head = root.head ?? ground.head ?? 'main';
  const pick = root.pick?.value ?? ground.pick?.(root) ?? 'same';
  const predict = wholePrediction(experiment.predict, registry);
  return { kind, experiment, pick, temperature, head, predict };
}
