import type { Compare, ComparedArm } from '../experiment.ts';
import type { Arms } from './rule.ts';

/** The arms of a comparison by their places; none where all are of one sweep, which is looked at by itself. */
export function armsAcross({ name, factors, arms, span }: Compare): readonly Arms[] {
  if (new Set(arms.map(originOf)).size < 2) return [];
  const numbered = arms.map(({ experiment, values }, i) => ({
    number: i + 1,
    values: values.map((value) => value ?? 'none'),
    experiment,
  }));
  return [{ name, factors, arms: numbered, span }];
}

/** The experiment, or the sweep that an arm is of. */
const originOf = ({ experiment: { name }, arm }: ComparedArm): string =>
  arm ? name.slice(0, name.lastIndexOf('/') + 1) : name;
