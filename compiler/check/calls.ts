import type { Call, Identifier } from '../../grammar/syntax.ts';
import { blame, blameCallee } from './blame.ts';
import { namedParameter, parameterOf } from './component.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import type { Written } from './scope.ts';
import type { CallFacts, OptionFacts } from './takes.ts';

/**
 * What is called with options and is no component of the registry, because it takes an experiment or a file: `distill(big)`.
 * Its options are written like those of components; the first must be given.
 */
export interface LanguageCall<Options> extends CallFacts {
  readonly parameters: readonly OptionReader<Options, keyof Options & string>[];
  /** What the first option is, and how the call looks with it alone. */
  readonly needs: { readonly expected: string; readonly example: string };
}

type OptionReader<Options, Name extends keyof Options & string> = Name extends unknown
  ? OptionFacts<Name> & { readonly read: Read<Options[Name]> }
  : never;

type Read<T> = (written: Written, context: Context) => T | undefined;

/** All options that are given and right; `undefined` if one is wrong or the first is missing, once reported. */
export function readCall<Options>(
  call: LanguageCall<Options>,
  { expression, scope }: Written<Call>,
  context: Context,
): Partial<Options> | undefined {
  const options = new Map<string, unknown>();
  let isWhole = true;
  for (const [index, argument] of expression.arguments.entries()) {
    const parameter = parameterOf(call, argument, index, context);
    if (parameter && options.has(parameter.name)) {
      context.report(messages.at(argument.span, 'DML1219', { option: parameter.name }));
      isWhole = false;
    }
    const value = parameter?.read({ expression: argument.value, scope }, context);
    if (parameter && value !== undefined) options.set(parameter.name, value);
    else isWhole = false;
  }
  if (!isWhole) return undefined;
  const [first] = call.parameters;
  if (first && !options.has(first.name)) {
    const values = { component: call.name, option: first.name, expected: call.needs.expected };
    const extra = { help: `Write \`${call.needs.example}\`.` };
    context.report(messages.at(expression.span, 'DML1220', values, extra));
    return undefined;
  }
  return Object.fromEntries(options) as Partial<Options>;
}

/** One option by its path: `teacher.distill.temperature: 2`. */
export function readCallOption<Options>(
  call: LanguageCall<Options>,
  option: Identifier,
  written: Written,
  context: Context,
): Partial<Options> | undefined {
  const parameter = namedParameter(call, option, context);
  const value = parameter?.read(written, context);
  return parameter && value !== undefined
    ? ({ [parameter.name]: value } as unknown as Partial<Options>)
    : undefined;
}

/**
 * An option that says what it must be where it is given something else.
 *
 * @param component whose option it is
 * @param read says nothing where it cannot read
 */
export const plainOption = <Name extends string, T>(
  component: string,
  facts: OptionFacts<Name>,
  read: (written: Written) => T | undefined,
): OptionFacts<Name> & { readonly read: Read<T> } => ({
  ...facts,
  read(written, context) {
    const value = read(written);
    const calls = facts.calls?.map(({ name }) => name) ?? [];
    if (value !== undefined || blameCallee(written, calls, context)) return value;
    if (blame(written, { kind: 'choice', values: facts.words ?? [] }, context)) return undefined;
    const { name, expected } = facts;
    const values = { option: name, component, expected, found: describe(written) };
    context.report(messages.at(written.expression.span, 'DML1310', values));
    return undefined;
  },
});
