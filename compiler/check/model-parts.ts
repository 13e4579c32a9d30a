import type { Parts, Use } from '../experiment.ts';
import type { Component, Registry } from '../registry.ts';
import { isTaken } from '../weight-parts.ts';

/**
 * The parts of a model, into which its weights fall by the beginning of their names: those of its tag `@parts`, and that
 * of each head that an option switches on. `conv#` stands for `conv1`, `conv2` and so on. `undefined` for a model that
 * does not say.
 */
export function partsOf({ name, options }: Use, registry: Registry): readonly string[] | undefined {
  const { tags, parameters } = registry.model[name]!;
  if (tags.parts === undefined) return undefined;
  const optional = parameters.flatMap((parameter) =>
    parameter.head !== undefined && options[parameter.name] === true ? [parameter.head] : [],
  );
  return [...namesIn(tags.parts), ...optional];
}

/** With the heads that no option switches on yet; none of a model that does not say. */
export const possibleParts = ({ tags, parameters }: Component): readonly string[] =>
  tags.parts === undefined ? [] : [...namesIn(tags.parts), ...parameters.flatMap(({ head }) => head ?? [])];

/** Of these parts, those whose shapes hang on the number of classes; of heads that an option switches on, all do. */
export function partsByClasses(use: Use, registry: Registry): readonly string[] {
  const { tags, parameters } = registry.model[use.name]!;
  const heads = parameters.flatMap(({ head }) => (head === undefined ? [] : [head]));
  return [...namesIn(tags.classes ?? ''), ...heads];
}

const namesIn = (tag: string): readonly string[] => tag.split(/[\s,]+/).filter(Boolean);

/** Whether a name is one of these parts, `conv3` of `conv#` too. */
export const isPart = (name: string, parts: readonly string[]): boolean =>
  parts.some((part) =>
    part.endsWith('#') ? name.startsWith(part.slice(0, -1)) && /\D[1-9]\d*$/.test(name) : part === name,
  );

/** Names as they can be written and suggested: `conv1` for `conv#`. */
export const writtenParts = (parts: readonly string[]): readonly string[] =>
  parts.map((part) => part.replace('#', '1'));

/** Equal for what takes equal weights, as far as the parts of the model are known. */
export function normalParts(parts: Parts, known: readonly string[] | undefined): Parts {
  if (parts === 'all') return parts;
  if (known?.every((part) => !part.endsWith('#'))) {
    const only = known.filter((part) => isTaken(part, parts));
    return only.length === known.length ? 'all' : { only };
  }
  const ordered = (names: readonly string[]) => [...new Set(names)].sort();
  return 'only' in parts ? { only: ordered(parts.only) } : { but: ordered(parts.but) };
}
