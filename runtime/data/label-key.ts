import type { LabelSource } from '../../compiler/experiment.ts';

/** Equal for label sources that mean the same, wherever they are written. */
export const labelKey = ({ root, steps }: LabelSource): string =>
  JSON.stringify([root, ...steps.map(({ name, options }) => [name, options])]);

/** Those that mean different things, in the order of their first use. */
export const distinctLabels = (sources: readonly LabelSource[]): readonly LabelSource[] => [
  ...new Map(sources.map((source) => [labelKey(source), source])).values(),
];
