import type { Networks } from '../../compiler/canonical/source-form.ts';
import type { LabelRoot, LabelSource, Use } from '../../compiler/experiment.ts';
import { trainingHash } from '../../compiler/identity.ts';

/** Equal for label sources that mean the same, wherever they are written. */
export const labelKey = (source: LabelSource): string => JSON.stringify(sourceParts(source));

/** Those that mean different things, in the order of their first use. */
export const distinctLabels = (sources: readonly LabelSource[]): readonly LabelSource[] => [
  ...new Map(sources.map((source) => [labelKey(source), source])).values(),
];

/** Equal for networks of other experiments that are the same and predict alike; which head is asked, and at which temperature, comes on top. */
export const teacherKey = ({ experiment, pick, predict, fold = 'same' }: Networks): string =>
  JSON.stringify([trainingHash(experiment), pick, predict ? usesKey(predict) : fold]);

const sourceParts = ({ root, steps }: LabelSource): readonly unknown[] => [
  rootParts(root),
  ...usesKey(steps),
];

const usesKey = (uses: readonly Use[]) => uses.map(({ name, options, code }) => [name, options, code]);

function rootParts(root: LabelRoot): unknown {
  if (typeof root === 'string') return root;
  if (root.kind === 'sum') return root.terms.map(({ weight, source }) => [weight, sourceParts(source)]);
  return [teacherKey(root), root.temperature, root.head];
}
