import { nearest } from '../../grammar/nearest.ts';
import type { Argument, Call, Identifier, Name } from '../../grammar/syntax.ts';
import type { Use } from '../experiment.ts';
import type { Component, Family, OptionValue, Parameter } from '../registry.ts';
import { blame, otherFamily, suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { article, describe, describeType, familyNames, quoted, signatureOf } from './describe.ts';
import { messages } from './messages.ts';
import { listNames, lookup, resolve, type Scope, type Written } from './scope.ts';
import { readValue } from './values.ts';

/** A component of this family with its options, from `dml1` or `dml1(smooth: 0)`; `undefined` once reported. */
export function readUse(family: Family, written: Written, context: Context): Use | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind !== 'name' && expression.kind !== 'call') {
    const expected = article(familyNames[family]);
    context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
    return undefined;
  }
  const callee = expression.kind === 'call' ? expression.callee : expression;
  const component = componentOf(family, { expression: callee, scope }, expression.kind === 'call', context);
  if (!component) return undefined;
  const given = expression.kind === 'call' ? readOptions(component, expression, scope, context) : {};
  return given && useOf(component, given, expression.span);
}

function componentOf(
  family: Family,
  { expression, scope }: Written<Name>,
  called: boolean,
  context: Context,
): Component | undefined {
  const name = expression.path.map((part) => part.text).join('.');
  const known = context.registry[family];
  const entity = lookup(expression.path, scope);
  const component = Object.hasOwn(known, name) ? known[name] : undefined;
  // A data set may be called like its source: only a let can stand in for a component.
  if (component && entity?.kind !== 'value') return component;
  const expected = article(familyNames[family]);
  if (entity && !(entity.kind === 'block' && called)) {
    const found = describe({ expression, scope });
    context.report(messages.at(expression.span, 'DML1301', { expected, found }));
    return undefined;
  }
  const values = { family: familyNames[family], name };
  const other = otherFamily(name, context);
  const names = Object.keys(known);
  const guess = nearest(name, names, listNames(scope));
  const extra = other
    ? { help: [other, ...(names.length > 0 ? [`known here: ${quoted(names)}`] : [])].join('; ').concat('.') }
    : suggestion(expression.span, guess, names);
  context.report(messages.at(expression.span, 'DML1203', values, extra));
  return undefined;
}

type Options = Readonly<Record<string, OptionValue>>;

/** What is written in the parentheses; `undefined` if something in it is wrong. */
function readOptions(component: Component, call: Call, scope: Scope, context: Context): Options | undefined {
  const options = new Map<string, OptionValue>();
  let whole = true;
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = parameterOf(component, argument, index, context);
    if (parameter && options.has(parameter.name)) {
      context.report(messages.at(argument.span, 'DML1219', { option: parameter.name }));
      whole = false;
    }
    const value =
      parameter && readOption(component, parameter, { expression: argument.value, scope }, context);
    if (parameter && value !== undefined) options.set(parameter.name, value);
    else whole = false;
  }
  return whole || context.isLenient ? Object.fromEntries(options) : undefined;
}

/** What can be called with options: a component, or what the language itself has. */
interface Signature<P> {
  readonly name: string;
  readonly parameters: readonly P[];
}

/** The parameter that an argument is for; `undefined` once reported. */
export function parameterOf<P extends { readonly name: string }>(
  component: Signature<P>,
  argument: Argument,
  index: number,
  context: Context,
): P | undefined {
  if (argument.name) return namedParameter(component, argument.name, context);
  const [first] = component.parameters;
  if (first && index === 0) return first;
  const values = { component: component.name, signature: signatureOf(component) };
  context.report(messages.at(argument.span, first ? 'DML1221' : 'DML1222', values));
  return undefined;
}

export function namedParameter<P extends { readonly name: string }>(
  component: Signature<P>,
  name: Identifier,
  context: Context,
): P | undefined {
  const parameter = component.parameters.find((each) => each.name === name.text);
  if (parameter) return parameter;
  const names = component.parameters.map((each) => each.name);
  const values = { component: component.name, option: name.text };
  const extra =
    names.length > 0
      ? suggestion(name.span, nearest(name.text, names), names)
      : { help: `${component.name} has no options.` };
  context.report(messages.at(name.span, 'DML1218', values, extra));
  return undefined;
}

function readOption(
  component: Component,
  parameter: Parameter,
  written: Written,
  context: Context,
): OptionValue | undefined {
  const value = readValue(parameter.type, written);
  if (value !== undefined || blame(written, parameter.type, context)) return value;
  const values = {
    option: parameter.name,
    component: component.name,
    expected: describeType(parameter.type),
    found: describe(written),
  };
  context.report(messages.at(written.expression.span, 'DML1310', values, choiceHelp(parameter, written)));
  return undefined;
}

/** `5` where a length is wanted is most likely `5 px`. */
function choiceHelp({ type }: Parameter, { expression }: Written) {
  if (type.kind !== 'quantity' || expression.kind !== 'number' || expression.text.endsWith('%')) return {};
  const wanted = { share: undefined, length: 'px', duration: 'epochs' }[type.dimension];
  const percent = type.dimension === 'share' && expression.value <= 100 ? `${expression.text}%` : undefined;
  const example = wanted ? `${expression.text} ${wanted}` : percent;
  return example ? { help: `Perhaps \`${example}\`?` } : {};
}

/** The component with one option changed: what a path such as `model.width: 16` does. */
export function withOption(
  family: Family,
  use: Use,
  option: Identifier,
  written: Written,
  context: Context,
): Use | undefined {
  const component = context.registry[family][use.name]!;
  const parameter = namedParameter(component, option, context);
  const value = parameter && readOption(component, parameter, written, context);
  if (!parameter || value === undefined) return undefined;
  return { ...use, options: inOrder(component, { ...use.options, [parameter.name]: value }) };
}

function useOf(component: Component, given: Options, span: Use['span']): Use {
  const { name, code, file } = component;
  return { name, options: inOrder(component, given), ...(code === undefined ? {} : { code, file }), span };
}

/** Options in the order of the registry; what is not given has its default, and is absent if it has none. */
function inOrder({ parameters }: Component, given: Options): Options {
  const options: [string, OptionValue][] = [];
  for (const { name, default: absent } of parameters) {
    const value = Object.hasOwn(given, name) ? given[name] : absent;
    if (value !== undefined) options.push([name, value]);
  }
  return Object.fromEntries(options);
}

/** The component with all its defaults, where the language itself puts one in. */
export function defaultUse(
  family: Family,
  name: string,
  span: Use['span'],
  { registry }: Pick<Context, 'registry'>,
): Use | undefined {
  const component = registry[family][name];
  return component && useOf(component, {}, span);
}

/** Reports what must be given and is not; only then is a component complete. */
export function isComplete(family: Family, use: Use, context: Context): boolean {
  const component = context.registry[family][use.name]!;
  const missing = component.parameters.filter(({ name }) => !Object.hasOwn(use.options, name));
  for (const { name, type, doc } of missing) {
    const values = { component: use.name, option: name, expected: describeType(type) };
    context.report(messages.at(use.span, 'DML1220', values, { help: `\`${name}\`: ${doc}` }));
  }
  return missing.length === 0;
}

/** Whether all of these are complete; what is missing in any of them is reported. */
export const areComplete = (family: Family, uses: readonly Use[], context: Context): boolean =>
  uses.map((use) => isComplete(family, use, context)).every(Boolean);
