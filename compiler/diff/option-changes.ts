import { optionText } from '../canonical/text.ts';
import type { Use } from '../experiment.ts';
import type { Family, Registry } from '../registry.ts';

/**
 * What a difference asks for again, from the least: nothing but the report (claims); other runs of the same training
 * (`fold`, `seed`); the scores; the training; that of the networks it begins with or learns from, and then its own.
 */
export type Effect = 'report' | 'runs' | 'evaluation' | 'training' | 'teaching';

/** Whether weights that were trained before no longer count. */
export const retrains = (effect: Effect): boolean => effect === 'training' || effect === 'teaching';

/** One difference in meaning between two experiments. */
export interface Change {
  /** As in `--set`: `model.width`, `labels.smooth.epsilon`. */
  readonly path: string;
  /** As the language writes it; `none` for what is not there. */
  readonly before: string;
  readonly after: string;
  readonly effect: Effect;
}

/** A change whose effect is that of its field, unless it says more. */
export type Difference = Omit<Change, 'effect'> & { readonly effect?: Effect };

/**
 * Options that differ between the same components in the same order; none if the components are others, or if a path
 * would not say which one is meant.
 */
export function optionChanges(
  before: readonly Use[],
  after: readonly Use[],
  { path, family, registry }: Place,
): readonly Difference[] {
  const names = before.map((use) => use.name);
  if (names.join() !== after.map((use) => use.name).join()) return [];
  const changed = before.flatMap((use, i) => {
    const other = after[i]!;
    const options = [...new Set([...Object.keys(use.options), ...Object.keys(other.options)])];
    const codes = [use.code, other.code].map((code) => code?.slice(0, 12) ?? 'of dml') as [string, string];
    const code = { path: `${path(use)}.code`, before: codes[0], after: codes[1] };
    const optionsOf = options.flatMap((option) => {
      const parameter = registry[family][use.name]?.parameters.find((each) => each.name === option);
      const text = ({ options: all }: Use) =>
        all[option] === undefined ? 'none' : optionText(all[option], parameter);
      const difference = { path: `${path(use)}.${option}`, before: text(use), after: text(other) };
      return difference.before === difference.after ? [] : [{ use, difference }];
    });
    return use.code === other.code ? optionsOf : [...optionsOf, { use, difference: code }];
  });
  const isClear = changed.every(({ use }) => names.filter((name) => name === use.name).length === 1);
  return isClear ? changed.map(({ difference }) => difference) : [];
}

/** How the options of a component are called, and where they are described. */
export interface Place {
  readonly path: (use: Use) => string;
  readonly family: Family;
  readonly registry: Registry;
}
