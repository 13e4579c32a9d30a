import type { Component, Family, Parameter, ParameterType, Registry } from '../../compiler/registry.ts';
import * as token from '../../grammar/tokens.ts';
import { describeField, type FieldDescription } from './fields.ts';
import type { Place, ValuePlace } from './place.ts';

/** What a field expects at a place of its value. */
export interface Expected {
  readonly families: readonly Family[];
  readonly field: FieldDescription | undefined;
  /** A label source, which begins with a root, or goes on with a step. */
  readonly source: 'begins' | 'goes on' | undefined;
}

export function expectedAt({ block, field, target, last }: ValuePlace, registry: Registry): Expected {
  const [name] = field;
  const found = name === undefined ? undefined : describeField(block ?? '', name);
  const isFlow = last?.tokenType === token.Flow;
  if (target || found?.family === 'label')
    return { families: isFlow ? ['label'] : [], field: found, source: isFlow ? 'goes on' : 'begins' };
  const families =
    name === undefined ? (Object.keys(registry) as Family[]) : found?.family ? [found.family] : [];
  return { families, field: found, source: name === undefined && !isFlow ? 'begins' : undefined };
}

/** The component that is called at a place: of the family that is expected there, else of any that has it. */
export function calledAt(
  place: Extract<Place, { callee: string }>,
  registry: Registry,
): Component | undefined {
  const { callee, around } = place;
  const { field } = describedFamilies(around);
  const order = [...field, ...(Object.keys(registry) as Family[])];
  const family = order.find((each) => Object.hasOwn(registry[each], callee));
  return family && registry[family][callee];
}

function describedFamilies({ block, field: [name], target }: ValuePlace): {
  readonly field: readonly Family[];
} {
  const family = name === undefined ? undefined : describeField(block ?? '', name)?.family;
  return { field: target ? ['label'] : family ? [family] : [] };
}

/** The option whose value a place is; one without its name is the first. */
export const optionOf = ({ parameters }: Component, name: string): Parameter | undefined =>
  name === '' ? parameters[0] : parameters.find((each) => each.name === name);

/** Names that a value of a type can be written with. */
export function wordsOf(type: ParameterType): readonly string[] {
  switch (type.kind) {
    case 'boolean':
      return ['true', 'false'];
    case 'choice':
      return type.values;
    case 'mix':
      return type.of;
    case 'list':
      return wordsOf(type.of);
    case 'union':
      return [...new Set(type.of.flatMap(wordsOf))];
    default:
      return [];
  }
}

/** Units that a number of a type is written with. */
export function unitsOf(type: ParameterType): readonly string[] {
  switch (type.kind) {
    case 'quantity':
      return { duration: ['epochs', 'steps'], length: ['px'], share: [] }[type.dimension];
    case 'list':
      return unitsOf(type.of);
    case 'union':
      return [...new Set(type.of.flatMap(unitsOf))];
    default:
      return [];
  }
}
