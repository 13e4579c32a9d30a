import type { Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';

/**
 * The heads of a model: those of its tag `@heads` (`main` if absent), and those that its options switch on, each
 * named by the tag `@head` of a boolean option: `unet(aux: true)` has the head `aux`.
 */
export function headsOf({ name, options }: Use, registry: Registry): readonly string[] {
  const { tags, parameters } = registry.model[name]!;
  const optional = parameters.flatMap((parameter) =>
    parameter.head !== undefined && options[parameter.name] === true ? [parameter.head] : [],
  );
  return [...(tags.heads ?? 'main').split(/[\s,]+/), ...optional];
}
