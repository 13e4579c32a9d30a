import type { Networks } from '../canonical/source-form.ts';
import { labelsText, pickText } from '../canonical/text.ts';
import { meaningOf } from '../check/meaning.ts';
import type { Distilled, Experiment, LabelSource } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { type Change, type Difference, optionChanges, retrains } from './option-changes.ts';

/** All that differs between two experiments. */
export type Compare = (before: Experiment, after: Experiment, registry: Registry) => readonly Change[];

/**
 * What differs between two sources of a field: options of the same steps one by one, and what two teachers differ
 * in; other roots and other steps are shown as a whole.
 */
export function sourceChanges(
  field: string,
  [before, after]: readonly [LabelSource | undefined, LabelSource | undefined],
  compare: Compare,
  registry: Registry,
): readonly Difference[] {
  const text = (source: LabelSource | undefined) => (source ? labelsText(source, registry) : 'none');
  const whole = [{ path: field, before: text(before), after: text(after) }];
  if (!before || !after) return whole;
  const root = rootChanges(`${field}.distill`, before, after, compare, registry);
  if (!root) return whole;
  const sameSteps = meaningOf(before.steps) === meaningOf(after.steps);
  const place = {
    path: ({ name }: { readonly name: string }) => `${field}.${name}`,
    family: 'label',
    registry,
  } as const;
  const steps = sameSteps ? [] : optionChanges(before.steps, after.steps, place);
  const isSaid = (sameSteps || steps.length > 0) && root.length + steps.length > 0;
  return isSaid ? [...root, ...steps] : whole;
}

/** None for equal roots; `undefined` for roots that do not compare. */
function rootChanges(
  path: string,
  { root: before }: LabelSource,
  { root: after }: LabelSource,
  compare: Compare,
  registry: Registry,
): readonly Difference[] | undefined {
  if (typeof before === 'string' || typeof after === 'string') return before === after ? [] : undefined;
  if (before.kind === 'distill' && after.kind === 'distill')
    return [
      ...networkChanges(path, before, after, compare, registry),
      ...wordChanges(path, texts(before), texts(after)),
    ];
  return meaningOf(before) === meaningOf(after) ? [] : undefined;
}

const texts = ({ pick, temperature, head }: Distilled) => ({
  pick: pickText(pick),
  temperature: String(temperature),
  head,
});

/** Options that differ, as they are written. */
export const wordChanges = (
  path: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly Difference[] =>
  Object.keys(before).flatMap((option) =>
    before[option] === after[option]
      ? []
      : [{ path: `${path}.${option}`, before: before[option]!, after: after[option]! }],
  );

/**
 * What decides the networks of another experiment, which are then trained anew; and what those predict, and where the best
 * one is taken also by what and among which, which trains none of them.
 */
export function networkChanges(
  path: string,
  before: Networks,
  after: Networks,
  compare: Compare,
  registry: Registry,
): readonly Difference[] {
  const isChosen = typeof after.pick === 'object' && 'best' in after.pick;
  const predictsAlike = meaningOf(before.predict) === meaningOf(after.predict);
  const decisive = [
    ...(isChosen ? ['evaluate', 'seed'] : []),
    ...(isChosen || !predictsAlike ? ['predict'] : []),
  ];
  return compare(before.experiment, after.experiment, registry).flatMap(({ effect, ...change }) => {
    const difference = { ...change, path: `${path}.${change.path}` };
    if (retrains(effect)) return [{ ...difference, effect: 'teaching' }];
    return decisive.includes(change.path.split('.')[0]!) ? [difference] : [];
  });
}
