import { optionText } from '../../compiler/canonical/text.ts';
import type { CallFacts, OptionFacts, Takes } from '../../compiler/check/takes.ts';
import type { Component, Family, Parameter, ParameterType, Registry } from '../../compiler/registry.ts';
import { exampleOf } from './examples.ts';
import { callDoc, componentDoc, factsDoc, optionDoc, typeText } from './markdown.ts';

/** What is called with options: a component, or a call of the language. */
export interface Called {
  readonly name: string;
  readonly doc: string;
  readonly component?: Component;
  readonly options: readonly Option[];
}

export interface Option {
  readonly name: string;
  /** What it may be, in words. */
  readonly expected: string;
  readonly doc: string;
  readonly takes: Takes;
  readonly isRequired: boolean;
  /** Something that may be written; its default where it has one. */
  readonly example: string | undefined;
}

/** A call at a place where this may be written; else of whichever component is called so. */
export function calledIn(takes: Takes, name: string, registry: Registry): Called | undefined {
  const call = takes.calls?.find((each) => each.name === name);
  if (call) return ofCall(call);
  const families = [...(takes.family ? [takes.family] : []), ...(Object.keys(registry) as Family[])];
  const family = families.find((each) => Object.hasOwn(registry[each], name));
  return family && ofComponent(registry[family][name]!);
}

export const ofCall = (call: CallFacts): Called => ({
  name: call.name,
  doc: callDoc(call),
  options: call.parameters.map(ofFacts),
});

const ofFacts = (facts: OptionFacts): Option => ({
  name: facts.name,
  expected: facts.expected,
  doc: factsDoc(facts),
  takes: facts,
  isRequired: facts.default === undefined,
  example: facts.example,
});

export const ofComponent = (component: Component): Called => ({
  name: component.name,
  doc: componentDoc(component),
  component,
  options: component.parameters.map((parameter) => ofParameter(parameter, component)),
});

const ofParameter = (parameter: Parameter, component: Component): Option => ({
  name: parameter.name,
  expected: typeText(parameter),
  doc: optionDoc(parameter),
  takes: { words: wordsOf(parameter.type), units: unitsOf(parameter.type) },
  isRequired: parameter.default === undefined,
  example:
    parameter.default === undefined
      ? exampleOf(component, parameter)
      : optionText(parameter.default, parameter),
});

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
function unitsOf(type: ParameterType): readonly string[] {
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
