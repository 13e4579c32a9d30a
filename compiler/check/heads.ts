import type { Use } from '../experiment.ts';
import type { Component, Registry } from '../registry.ts';

/**
 * The heads of a model: those of its tag `@heads` (`main` if absent), and those that its options switch on, each
 * named by the tag `@head` of a boolean option: `unet(aux: true)` has the head `aux`.
 */
export function headsOf({ name, options }: Use, registry: Registry): readonly string[] {
  const model = registry.model[name]!;
  const optional = model.parameters.flatMap((parameter) =>
    parameter.head !== undefined && options[parameter.name] === true ? [parameter.head] : [],
  );
  return [...always(model), ...optional];
}

/** With those that no option switches on yet. */
export const possibleHeads = (model: Component): readonly string[] => [
  ...always(model),
  ...model.parameters.flatMap(({ head }) => head ?? []),
];

const always = ({ tags }: Component): readonly string[] => (tags.heads ?? 'main').split(/[\s,]+/);
