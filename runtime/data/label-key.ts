import type { Distilled, LabelRoot, LabelSource } from '../../compiler/experiment.ts';
import { trainingHash } from '../../compiler/identity.ts';

/** Equal for label sources that mean the same, wherever they are written. */
export const labelKey = (source: LabelSource): string => JSON.stringify(sourceParts(source));

/** Those that mean different things, in the order of their first use. */
export const distinctLabels = (sources: readonly LabelSource[]): readonly LabelSource[] => [
  ...new Map(sources.map((source) => [labelKey(source), source])).values(),
];

/** Equal for teachers whose networks are the same; which head is asked, and at which temperature, comes on top. */
export const teacherKey = ({ experiment, pick }: Distilled): string =>
  JSON.stringify([trainingHash(experiment), pick]);

const sourceParts = ({ root, steps }: LabelSource): readonly unknown[] => [
  rootParts(root),
  ...steps.map(({ name, options, code }) => [name, options, code]),
];

function rootParts(root: LabelRoot): unknown {
  if (typeof root === 'string') return root;
  if (root.kind === 'sum') return root.terms.map(({ weight, source }) => [weight, sourceParts(source)]);
  return [teacherKey(root), root.temperature, root.head];
}
